// `npm test`: every check of the project, in order, ending at the first that fails. `npm test -- e2e native` runs single
// stages; what follows a second `--` goes to Playwright (`npm test -- e2e -- popup-ends --headed`).

import { existsSync } from "node:fs";
import { buildDemo, buildPlatform, buildPlatformAndTests, buildRustApp, buildSdk } from "./builds.mjs";
import { buildSite } from "./docs.mjs";
import { main, run, say, since, Trouble } from "./process.mjs";
import * as setup from "./setup.mjs";
import { checkSize } from "./size.mjs";
import { Tally } from "./tally.mjs";

const tally = new Tally();
const tests = (command, args, env) => run(command, args, { env, onOutput: (text) => tally.read(text) });
const tsc = (project) => run(process.execPath, ["node_modules/typescript/bin/tsc", "--noEmit", "-p", project]);
let playwrightArgs = [];
let chosen = [];
const asks = (...stages) => chosen.some(({ name }) => stages.includes(name));
const playwright = (folder) => tests(process.execPath, ["node_modules/@playwright/test/cli.js", "test", "--config", folder, ...playwrightArgs]);

const stages = [
  { name: "format", title: "Rust is formatted", run: () => run("cargo", ["fmt", "--all", "--check"]) },
  {
    name: "lint",
    title: "Lints",
    async run() {
      await run("cargo", ["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"]);
      // What ships is built for another target, without std.
      const shipped = ["--package", "paragon-connect", "--target", "wasm32-unknown-unknown", "--features", "shipped"];
      await run("cargo", ["clippy", ...shipped, "--", "-D", "warnings"]);
    },
  },
  {
    name: "build",
    title: "Builds: SDK, demo, local platform",
    async run() {
      await buildSdk();
      await buildDemo();
      await (asks("native") ? buildPlatformAndTests() : buildPlatform());
    },
  },
  { name: "native", title: "Native tests", run: () => tests("cargo", ["test", "--workspace"]) },
  {
    name: "rust",
    title: "The example in Rust is built, and linted as the crate's API is",
    async run() {
      await buildRustApp();
      const web = ["--package", "paragon-connect", "--target", "wasm32-unknown-unknown", "--features", "web"];
      await run("cargo", ["clippy", ...web, "--", "-D", "warnings"]);
      await run("cargo", ["fmt", "--check", "--manifest-path", "examples/yew/Cargo.toml"]);
    },
  },
  { name: "size", title: "Size of a consumer's bundle", run: checkSize },
  {
    name: "types",
    title: "Types",
    async run() {
      for (const project of ["tests/types", "tests/types/official", "tests/types/react", "tests/types/react/bundler.json", "tests/e2e", "tests/engines", "tests/site", "tests/conformance"]) {
        if (!existsSync(project)) throw new Trouble(`${project} is missing.`);
        await tsc(project);
      }
    },
  },
  {
    name: "packages",
    title: "The package, installed by an app",
    run: () => tests(process.execPath, ["--test", "tests/packages/"]),
  },
  {
    name: "packaging",
    title: "The packed package, by bundlers, servers, test runners",
    run: () => tests(process.execPath, ["--test", "tests/packaging/packaging.test.mjs"]),
  },
  { name: "bench", title: "The measures still work", run: () => tests(process.execPath, ["--test", "bench/bench.test.mjs"]) },
  {
    name: "browser",
    title: "Browser tests of the Rust crate",
    async run() {
      const path = await setup.installWasmTools();
      const driver = ["--headless", "--chrome", "--chromedriver", setup.browser.chromedriver];
      await tests("wasm-pack", ["test", ...driver, "--", "--lib"], { PATH: path });
    },
  },
  {
    name: "api",
    title: "The platform's API against its description",
    async run() {
      await setup.installApiTester();
      await run(process.execPath, ["tests/api/run.mjs"]);
    },
  },
  {
    name: "conformance",
    title: "Against the official package",
    run: () => tests(process.execPath, ["tests/conformance/run.mjs"], { CHROMIUM: setup.browser.chromium }),
  },
  {
    name: "e2e",
    title: "End to end, in Chromium",
    run: () =>
      tests(process.execPath, ["node_modules/@playwright/test/cli.js", "test", ...playwrightArgs], {
        CHROMIUM: setup.browser.chromium,
      }),
  },
  {
    name: "engines",
    title: "The core flows in Chromium, Firefox and WebKitGTK",
    async run() {
      await setup.installEngines();
      await playwright("tests/engines");
    },
  },
  {
    name: "docs",
    title: "The documentation site",
    async run() {
      await buildSite();
      await playwright("tests/site");
    },
  },
];

await main(async () => {
  const args = process.argv.slice(2);
  const end = args.indexOf("--");
  const names = end < 0 ? args : args.slice(0, end);
  playwrightArgs = end < 0 ? [] : args.slice(end + 1);
  const unknown = names.filter((name) => !stages.some((stage) => stage.name === name));
  if (unknown.length) {
    throw new Trouble(`There is no stage ${unknown.join(", ")}. The stages are ${stages.map(({ name }) => name).join(", ")}.`);
  }
  chosen = stages.filter(({ name }) => names.length === 0 || names.includes(name));
  const start = Date.now();
  setup.checkToolchains();
  await setup.installPackages();
  await setup.installWasmTarget();
  if (asks("packaging", "bench", "browser", "conformance", "e2e", "engines", "docs")) await setup.installBrowser();
  // A stage that runs alone still needs what it tests.
  if (names.length && !names.includes("build")) {
    if (asks("size", "types", "packages", "packaging", "bench", "conformance", "e2e", "engines", "docs")) await buildSdk();
    if (asks("e2e", "engines")) await buildDemo();
    if (asks("api", "packaging", "bench", "e2e", "engines", "docs")) await buildPlatform();
    if (asks("rust", "size", "types", "packages", "packaging", "bench", "conformance", "e2e")) await buildSdk();
    if (asks("e2e")) await buildDemo();
    if (asks("e2e")) await buildRustApp();
    if (asks("api", "packaging", "bench", "e2e")) await buildPlatform();
  }
  try {
    for (const stage of chosen) {
      say(`\n── ${stage.title} (${stage.name}) ──`);
      const began = Date.now();
      await stage.run();
      say(`── ${stage.name}: ${since(began)}`);
    }
    say(`\nEverything passed in ${since(start)}.`);
  } finally {
    if (!tally.empty) say(tally.line());
  }
});

// The README's table of figures: what both packages weigh in an app's bundle, measured here, and what the docs' tables say
// and count.

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { build } from "esbuild";
import { root } from "../../tools/process.mjs";

const text = (path) => readFileSync(join(root, path), "utf8");

/** What an app's production bundle of `import { paragon }` holds: kilobytes as they are, by gzip -9 and by brotli -11. */
export async function weigh(name) {
  const { outputFiles } = await build({
    stdin: { contents: `import { paragon } from "${name}"; globalThis.paragon = paragon;`, resolveDir: root },
    bundle: true,
    minify: true,
    format: "esm",
    platform: "browser",
    define: { "process.env.NODE_ENV": '"production"', global: "globalThis" },
    logLevel: "error",
    write: false,
  });
  const { contents } = outputFiles[0];
  return [contents.length, gzipSync(contents, { level: 9 }).length, brotliCompressSync(contents).length].map((bytes) => bytes / 1000);
}

/** The rows of a markdown table whose first cell fits. */
const rowsOf = (path, first) => text(path).split("\n").filter((line) => first.test(line)).length;

// From the README's words to those of docs/performance.md.
const SPEED = {
  "cold `import()` and first call": "cold `import()` and first call",
  "`authenticate()` to a project of 200 integrations, main-thread CPU": "`authenticate()`, large: main-thread CPU",
  "memory after that": "after the large project",
  "`request()`, answer of 1 KB, over `fetch` alone": "`request()` over a stubbed `fetch`, answer of 1 KB: over `fetch` alone",
  "the same, body of 100 KB": "the same, body of 100 KB",
  "`getUser()` of 200 integrations": "`getUser()`, large",
  "provider done → `onComplete`": "provider done → `onComplete`",
};

/** A row of the measures: medians without their spread, and the ratio. */
function measured(title) {
  const row = text("docs/performance.md").split("\n").find((line) => line.startsWith(`| ${title} | `));
  if (!row) throw new Error(`docs/performance.md has no row "${title}". Write it anew: UPDATE_DOCS=1 npm run bench`);
  return row.slice(2).split(" | ").slice(1, 4).map((cell) => cell.replace(/ \(.*\)/, ""));
}

export async function figures() {
  const [official, ours] = await Promise.all([weigh("@useparagon/connect"), weigh("paragon-connect")]);
  const weights = ["an app's bundle, minified", "the same, gzip −9", "the same, brotli −11"].map((what, index) => [
    what,
    `${official[index].toFixed(1)} KB`,
    `${ours[index].toFixed(1)} KB`,
    (ours[index] / official[index]).toFixed(2),
  ]);
  const version = JSON.parse(text("node_modules/@useparagon/connect/package.json")).version;
  const ways = rowsOf("docs/packaging.md", /^\|.*\| (page|server, page|worker|test) \|$/);
  const differences = rowsOf("docs/intended-differences.md", /^## (?!what-)[a-z]/);
  const engines = /^\| \| (.*) \|$/m.exec(text("docs/engines.md"))[1].split(" | ").length;
  const rows = [
    ["", `\`@useparagon/connect\` ${version}`, "`paragon-connect`", "ratio"],
    ["---", "---", "---", "---"],
    ...weights,
    ...Object.entries(SPEED).map(([what, title]) => [what, ...measured(title)]),
    ["[ways to build, serve and test with it](docs/packaging.md) that tests run", "", String(ways), ""],
    ["[engines](docs/engines.md) that run its core flows", "", String(engines), ""],
    ["[differences](docs/intended-differences.md), all on purpose, all tested", "", String(differences), ""],
  ];
  return rows.map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

// What has to be on the machine: checks it, and installs what can be installed without asking.

import { existsSync, readFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { read, root, run, say, Trouble } from "./process.mjs";

const WASM_TARGET = "wasm32-unknown-unknown";
const WASM_PACK = "0.15.1";
const GECKODRIVER = "0.37.1";
const TOOLS = join(root, "target", "tools");
const json = (...path) => JSON.parse(readFileSync(join(root, ...path), "utf8"));

// Cargo and Node have to be there already.
export function checkToolchains() {
  const { engines } = json("package.json");
  const wanted = engines.node.match(/\d+/g).map(Number);
  const found = process.versions.node.split(".").map(Number);
  if (found[0] < wanted[0] || (found[0] === wanted[0] && found[1] < (wanted[1] ?? 0))) {
    throw new Trouble(`Node.js ${process.versions.node} is too old; ${engines.node} is needed (https://nodejs.org).`);
  }
  if (!read("cargo", "--version")) {
    throw new Trouble("Rust is not installed: there is no cargo. Install it with rustup (https://rustup.rs) and start again.");
  }
}

// The npm packages, if those in node_modules are not those of the lock file.
export async function installPackages() {
  if (packagesAreCurrent(".")) return;
  say("Installing npm packages into node_modules (npm ci, about half a minute) …");
  await run("npm", ["ci", "--no-audit", "--no-fund"]);
}

// What the documentation site is made with, which is nobody else's. Not one of the packages has a script that is needed. Not
// `npm ci`: it also wants what is there for other systems, and not every registry has that.
export async function installSitePackages() {
  if (packagesAreCurrent("site")) return;
  say("Installing the site's generator into site/node_modules (npm install, about half a minute) …");
  await run("npm", ["install", "--prefix", "site", "--ignore-scripts", "--no-audit", "--no-fund"], { quiet: true });
}

function packagesAreCurrent(folder) {
  const installed = join(root, folder, "node_modules", ".package-lock.json");
  if (!existsSync(installed)) return false;
  const there = JSON.parse(readFileSync(installed, "utf8")).packages;
  return Object.entries(json(folder, "package-lock.json").packages).every(([path, wanted]) => {
    if (path === "" || !path.includes("node_modules/")) return true;
    // Packages for other systems are not installed here.
    if (!there[path]) return wanted.optional === true;
    return there[path].version === wanted.version && there[path].integrity === wanted.integrity;
  });
}

// The compiler's standard library for WebAssembly.
export async function installWasmTarget() {
  const library = join(read("rustc", "--print", "sysroot") ?? "", "lib", "rustlib", WASM_TARGET);
  if (existsSync(library)) return;
  if (!read("rustup", "--version")) {
    throw new Trouble(
      `The Rust compiler here cannot build for ${WASM_TARGET}, and there is no rustup to add it. Install Rust with rustup (https://rustup.rs), or add your system's package for that target.`,
    );
  }
  say(`Adding ${WASM_TARGET} to the Rust toolchain …`);
  await run("rustup", ["target", "add", WASM_TARGET]);
}

// The browsers of the tests, and their drivers.
export const browser = {
  chromium: process.env.CHROMIUM ?? "/usr/bin/chromium",
  chromedriver: process.env.CHROMEDRIVER ?? "/usr/bin/chromedriver",
  firefox: process.env.FIREFOX ?? "/usr/bin/firefox-esr",
  geckodriver: process.env.GECKODRIVER ?? join(TOOLS, "bin", "geckodriver"),
  webkitdriver: process.env.WEBKITDRIVER ?? "/usr/bin/WebKitWebDriver",
  xvfb: process.env.XVFB ?? "/usr/bin/Xvfb",
};

export async function installBrowser() {
  const packages = { chromium: "chromium", chromedriver: "chromium-driver" };
  const missing = Object.keys(packages).filter((name) => !existsSync(browser[name]));
  if (missing.length === 0) return;
  const advice =
    "Install Chromium and ChromeDriver of the same version, and name them in the environment: CHROMIUM=/path/to/chromium CHROMEDRIVER=/path/to/chromedriver npm test";
  if (process.env.CHROMIUM || process.env.CHROMEDRIVER) {
    throw new Trouble(`The tests need ${missing.map((name) => browser[name]).join(" and ")}. ${advice}`);
  }
  const wanted = missing.map((name) => packages[name]);
  await installDebianPackages(wanted, "Debian's Chromium", advice);
}

// The other engines: Debian's Firefox and WebKitGTK with a display that nobody sees, and Firefox's driver, which Debian
// does not have.
export async function installEngines() {
  const packages = { firefox: "firefox-esr", webkitdriver: "webkit2gtk-driver", xvfb: "xvfb" };
  const missing = Object.keys(packages).filter((name) => !existsSync(browser[name]));
  if (missing.length) {
    const wanted = missing.map((name) => packages[name]);
    await installDebianPackages(wanted, "Debian's Firefox and WebKitGTK", "Or do without them: npm test takes the names of stages.");
  }
  if (!process.env.GECKODRIVER) await installCrate("geckodriver", "geckodriver", GECKODRIVER, "--locked");
}

async function installDebianPackages(packages, what, advice) {
  const prefix = process.getuid?.() === 0 ? [] : ["sudo", "-n"];
  if (!read("apt-get", "--version") || (prefix.length && !read("sudo", "-n", "true"))) {
    throw new Trouble(`The tests need ${what}. Install it with: sudo apt-get install ${packages.join(" ")}\n${advice}`);
  }
  say(`Installing ${what} (apt-get, a minute or two) …`);
  const env = { DEBIAN_FRONTEND: "noninteractive" };
  const [command, ...args] = [...prefix, "apt-get"];
  await run(command, [...args, "update"], { env, quiet: true });
  await run(command, [...args, "install", "--yes", "--no-install-recommends", ...packages], { env, quiet: true });
}

// The tester of the platform's API, a Python program, in a virtual environment of its own below target/tools.
export async function installApiTester() {
  const folder = join(TOOLS, "schemathesis");
  const program = join(folder, "bin", "schemathesis");
  const requirements = join("tests", "api", "requirements.txt");
  const version = readFileSync(join(root, requirements), "utf8").match(/^schemathesis==(.*)$/m)[1];
  if (read(program, "--version")?.endsWith(` ${version}`)) return;
  const advice = "Or do without it: npm test takes the names of stages.";
  if (!read("python3", "-c", "import ensurepip")) {
    await installDebianPackages(["python3-venv"], "Python's virtual environments", advice);
  }
  say(`Installing schemathesis ${version} into target/tools (pip, about a minute) …`);
  await run("python3", ["-m", "venv", "--clear", folder], { quiet: true });
  await run(join(folder, "bin", "pip"), ["install", "--disable-pip-version-check", "--requirement", requirements], { quiet: true });
}

// wasm-pack and the wasm-bindgen of the lock file, in target/tools. Answers the PATH that has them in front.
export async function installWasmTools() {
  const lock = readFileSync(join(root, "Cargo.lock"), "utf8");
  const wasmBindgen = lock.match(/name = "wasm-bindgen"\nversion = "([^"]+)"/)[1];
  await installCrate("wasm-pack", "wasm-pack", WASM_PACK, "--locked");
  // Without its lock file, which names a version of a root certificate list that is not everywhere to be had.
  await installCrate("wasm-bindgen-cli", "wasm-bindgen", wasmBindgen);
  return [join(TOOLS, "bin"), process.env.PATH].join(delimiter);
}

// A crate's program, in target/tools. Built without optimisation: it runs for a second, building it takes minutes.
async function installCrate(crate, program, version, ...options) {
  if (read(join(TOOLS, "bin", program), "--version")?.split(" ")[1] === version) return;
  say(`Building ${crate} ${version} into target/tools (once, about two minutes) …`);
  await run("cargo", ["install", crate, ...options, "--debug", "--version", version, "--root", TOOLS, "--quiet"], {
    env: { CARGO_TARGET_DIR: join(TOOLS, "build"), CARGO_PROFILE_DEV_DEBUG: "0" },
  });
}

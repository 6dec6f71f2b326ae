// Finds the program `paragon-local` and starts it.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { PlatformError } from "./admin.js";

/** How long a start may take, in milliseconds. */
const PATIENCE = 60_000;
/** The last line that it prints when it is ready. */
const LAST = "Demo";

/** Resolves to what the program printed, and a function that ends it. */
export async function launch({ binary, data, projectFile, ids, port = 0, timeoutMs = PATIENCE }) {
  const program = binary ?? find();
  const args = ["serve", "--port", port, "--sandbox-port", 0, "--demo-port", 0, ...(data === undefined ? ["--memory"] : ["--data", data])];
  if (ids !== undefined) args.push("--ids", ids);
  let folder;
  if (projectFile !== undefined) {
    folder = await mkdtemp(join(tmpdir(), "paragon-testing-"));
    await writeFile(join(folder, "paragon.toml"), projectFile);
    args.push("--config", join(folder, "paragon.toml"));
  }
  const child = spawn(program, args.map(String), { stdio: ["ignore", "pipe", "pipe"] });
  const log = [];
  child.stderr.on("data", (chunk) => {
    log.push(String(chunk));
    if (log.length > 200) log.shift();
  });
  // A test runner that ends in the middle of a test leaves no platform behind.
  const end = () => child.kill("SIGKILL");
  process.once("exit", end);
  const ended = once(child, "exit").catch((error) => [error]);
  const stop = async () => {
    process.off("exit", end);
    if (child.pid !== undefined && child.exitCode === null && child.signalCode === null) child.kill("SIGKILL");
    await ended;
    if (folder) await rm(folder, { recursive: true, force: true });
  };
  let timer;
  const late = new Promise((resolve) => {
    timer = setTimeout(resolve, timeoutMs, "did not become ready in time");
  });
  const gone = ended.then(([reason]) => (reason instanceof Error ? `could not be run: ${reason.message}` : "ended at once"));
  const lines = readAddresses(child.stdout);
  const outcome = await Promise.race([lines, late, gone]);
  clearTimeout(timer);
  if (typeof outcome === "string") {
    await stop();
    throw new PlatformError(`${program} ${outcome}. ${log.join("").trim()}`.trim(), { code: "not_started" });
  }
  return { addresses: outcome, stop };
}

/** Resolves when the last line has come; never, if it does not come. */
function readAddresses(stream) {
  return new Promise((resolve) => {
    const addresses = {};
    // Goes on reading to the end, so that the program can always write.
    createInterface({ input: stream }).on("line", (line) => {
      const [, name, value] = /^(\w+)\s+(\S+)$/.exec(line) ?? [];
      if (name) addresses[name] = value;
      if (name === LAST) resolve(addresses);
    });
  });
}

/** `PARAGON_LOCAL`, a build in `target` of this folder or one above it, or a program of the search path. */
function find() {
  const name = process.platform === "win32" ? "paragon-local.exe" : "paragon-local";
  if (process.env.PARAGON_LOCAL) return process.env.PARAGON_LOCAL;
  const places = [];
  for (let folder = process.cwd(); ; folder = dirname(folder)) {
    places.push(join(folder, "target", "release", name), join(folder, "target", "debug", name));
    if (folder === dirname(folder)) break;
  }
  places.push(...(process.env.PATH ?? "").split(delimiter).filter(Boolean).map((folder) => join(folder, name)));
  const found = places.find((place) => existsSync(place));
  if (found) return found;
  throw new PlatformError(
    `There is no program ${name}: not in "target" of ${process.cwd()} or of a folder above it, and not in PATH. Build it (cargo build -p paragon-local), or name it by the option "binary" or in PARAGON_LOCAL.`,
    { code: "binary_missing" },
  );
}

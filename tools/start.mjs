// `npm start`: builds what is not current, then runs the local platform with the demo. `npm start -- --port 9500` hands
// options on to `paragon-local serve`.

import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { buildDemo, buildPlatform, buildSdk, platformBinary } from "./builds.mjs";
import { main, root, say, Trouble } from "./process.mjs";
import { checkToolchains, installPackages, installWasmTarget } from "./setup.mjs";

await main(async () => {
  checkToolchains();
  await installPackages();
  await installWasmTarget();
  await buildSdk();
  await buildDemo();
  await buildPlatform();
  await serve(process.argv.slice(2));
});

// Ends when the platform ends; Ctrl-C reaches both.
function serve(options) {
  const child = spawn(platformBinary, ["serve", ...options], { cwd: root, stdio: ["ignore", "pipe", "inherit"] });
  let asked = false;
  let consoleAddress;
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
    process.on(signal, () => {
      asked = true;
      child.kill(signal === "SIGINT" ? "SIGINT" : "SIGTERM");
    });
  }
  createInterface({ input: child.stdout }).on("line", (line) => {
    say(line);
    consoleAddress ??= line.match(/^Console\s+(http:\S+)/)?.[1];
    const demo = line.match(/^Demo\s+(http:\S+)/)?.[1];
    if (demo) say(`\nReady. Ctrl-C ends it. Open ${demo}\nand beside it the console, which shows what happens: ${consoleAddress}`);
  });
  return new Promise((resolve, reject) => {
    child.on("error", (error) => reject(new Trouble(`cannot run ${platformBinary}: ${error.message}`)));
    child.on("close", (code) => {
      if (asked || code === 0) resolve();
      else reject(new Trouble("The local platform ended; its reason is above."));
    });
  });
}

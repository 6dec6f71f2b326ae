// Runs programs for the commands beside this file, and speaks to the person who started them.

import { spawn, spawnSync } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

export const root = join(dirname(fileURLToPath(import.meta.url)), "..");

// What a person can do something about: shown without a stack.
export class Trouble extends Error {}

export const say = (text) => console.log(text);

// Runs a program in the project's folder. `onOutput` gets what it prints, which is shown all the same; `quiet` shows
// it only if the program fails.
export function run(command, args, { env, onOutput, quiet = false } = {}) {
  return new Promise((resolve, reject) => {
    const watched = onOutput || quiet;
    const child = spawn(command, args, {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ["ignore", watched ? "pipe" : "inherit", watched ? "pipe" : "inherit"],
    });
    const kept = [];
    const take = (stream) => (chunk) => {
      if (quiet) kept.push(chunk);
      else stream.write(chunk);
      onOutput?.(chunk.toString());
    };
    child.stdout?.on("data", take(process.stdout));
    child.stderr?.on("data", take(process.stderr));
    child.on("error", (error) => reject(new Trouble(`cannot run ${command}: ${error.message}`)));
    child.on("close", (code, signal) => {
      if (code === 0) return resolve();
      for (const chunk of kept) process.stderr.write(chunk);
      const end = signal ? `was ended by ${signal}` : `ended with status ${code}`;
      reject(new Trouble(`${[command, ...args].join(" ")} ${end}; what it printed is above.`));
    });
  });
}

// What a program prints, or undefined if it is not there or fails.
export function read(command, ...args) {
  const result = spawnSync(command, args, { cwd: root, encoding: "utf8" });
  return result.status === 0 ? result.stdout.trim() : undefined;
}

// How long something took, for people.
export function since(start) {
  const seconds = (Date.now() - start) / 1000;
  return seconds < 60 ? `${seconds.toFixed(1)} s` : `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
}

// Runs a command's main function: trouble is told in a sentence, everything else with its stack.
export async function main(command) {
  try {
    await command();
  } catch (error) {
    console.error(error instanceof Trouble ? `\n${error.message}` : error);
    process.exit(1);
  }
}

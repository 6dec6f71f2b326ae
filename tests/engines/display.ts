// A display that nobody sees, for browsers that want one.

import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { browser } from "../../tools/setup.mjs";

export type Display = { name: string; stop: () => void };

/** Starts one on a number that is free. */
export async function startDisplay(): Promise<Display> {
  const child = spawn(browser.xvfb, ["-displayfd", "1", "-screen", "0", "1280x900x24", "-nolisten", "tcp"], { stdio: ["ignore", "pipe", "inherit"] });
  const number = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).once("line", resolve);
    child.once("error", reject);
    child.once("exit", (code) => reject(new Error(`${browser.xvfb} ended with ${code}`)));
  });
  return { name: `:${number}`, stop: () => void child.kill() };
}

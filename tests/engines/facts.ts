// What is found out about the engines on the way, kept in target/engines for the page about them.

import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "@playwright/test";

const folder = join(import.meta.dirname, "../../target/engines");
const file = (engine: string) => join(folder, `${engine}.jsonl`);

/** Of the engine that the test runs in. */
export function fact(what: string, isSo: string): void {
  appendFileSync(file(test.info().project.name), `${JSON.stringify([what, isSo])}\n`);
}

/** Forgets what an earlier run has found, and notes what runs now. */
export function beginFacts(engine: string, version: string): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(file(engine), `${JSON.stringify(["version", version])}\n`);
}

/** By what was found out. */
export function factsOf(engine: string): Map<string, string> {
  return new Map(readFileSync(file(engine), "utf8").trim().split("\n").map((line) => JSON.parse(line)));
}

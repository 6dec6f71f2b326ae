// What is found out about the engines on the way, kept in target/engines for the page about them.

import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "@playwright/test";

const folder = join(import.meta.dirname, "../../target/engines");
const FLOW = "flow";
const file = (engine: string) => join(folder, `${engine}.jsonl`);

/** Of the engine that the test runs in. */
export function fact(what: string, isSo: string): void {
  appendFileSync(file(test.info().project.name), `${JSON.stringify([what, isSo])}\n`);
}

/** A flow that has run to its end. */
export function ran(engine: string, flow: string): void {
  appendFileSync(file(engine), `${JSON.stringify([FLOW, flow])}\n`);
}

/** Forgets what an earlier run has found, and notes what runs now. */
export function beginFacts(engine: string, version: string): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(file(engine), `${JSON.stringify(["version", version])}\n`);
}

/** The flows that have run, and the facts by what was found out. */
export function foundIn(engine: string): { flows: string[]; facts: Map<string, string> } {
  const lines: [string, string][] = readFileSync(file(engine), "utf8").trim().split("\n").map((line) => JSON.parse(line));
  const [flows, facts] = [lines.filter(([what]) => what === FLOW), lines.filter(([what]) => what !== FLOW)];
  return { flows: flows.map(([, flow]) => flow), facts: new Map(facts) };
}

// What the page of the conformance tests can do; `run.mjs` calls it.

import { DIFFERENCES } from "../intended-differences.ts";
import { SCENARIOS } from "../scenarios/index.ts";
import { compare, type Comparison } from "./compare.ts";
import { play } from "./play.ts";
import type { Scenario } from "../scenario.ts";

declare global {
  interface Window {
    conformance: typeof conformance;
    /** The scripts of both SDKs. */
    scripts: { official: string; ours: string };
  }
}

/** In realms of their own. */
async function apart(scenario: Scenario): Promise<Comparison> {
  const official = await play(scenario, { script: window.scripts.official });
  const ours = await play(scenario, { script: window.scripts.ours });
  return compare(scenario, official, ours);
}

const conformance = {
  differences: () => DIFFERENCES.map(({ id }) => id),
  names: () => SCENARIOS.map(({ name }) => name),
  written: (index: number) => apart(SCENARIOS[index]!),
};

window.conformance = conformance;

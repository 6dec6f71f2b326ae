// What the page of the conformance tests can do; `run.mjs` calls it.

import fc from "fast-check";
import { DIFFERENCES } from "../intended-differences/index.ts";
import { SCENARIOS } from "../scenarios/index.ts";
import { scenarios } from "../random.ts";
import { compare, type Comparison } from "./compare.ts";
import { play } from "./play.ts";
import { Realm } from "./realm.ts";
import { Recorder } from "./records.ts";
import type { Scenario } from "../scenario.ts";

declare global {
  interface Window {
    conformance: typeof conformance;
    /** The scripts of both SDKs. */
    scripts: { official: string; ours: string };
  }
}

/** `own`: all that ours did, as text. */
type Played = Comparison & { own: string };

/** In realms of their own. */
async function apart(scenario: Scenario): Promise<Played> {
  const official = await play(scenario, { script: window.scripts.official });
  const ours = await play(scenario, { script: window.scripts.ours });
  return { own: JSON.stringify(ours), ...compare(scenario, official, ours) };
}

/** After so many scenarios a realm is replaced. */
const SCENARIOS_PER_REALM = 100;

let realms: { official: Realm; ours: Realm; used: number } | undefined;

/** With further objects of SDKs that are loaded already; much faster. */
async function together(scenario: Scenario): Promise<Played> {
  if (realms && realms.used >= SCENARIOS_PER_REALM) closeRealms();
  if (!realms) {
    realms = { official: new Realm(), ours: new Realm(), used: 0 };
    for (const name of ["official", "ours"] as const) {
      const recorder = new Recorder();
      recorder.begin();
      realms[name].begin(recorder, () => new Promise(() => {}));
      realms[name].load(window.scripts[name]);
    }
  }
  realms.used += 1;
  const official = await play(scenario, { realm: realms.official });
  const ours = await play(scenario, { realm: realms.ours });
  return { own: JSON.stringify(ours), ...compare(scenario, official, ours) };
}

function closeRealms(): void {
  realms?.official.close();
  realms?.ours.close();
  realms = undefined;
}

/** As `together`; but what the official package keeps of scenarios before, beside its object, is no difference. */
async function unspoilt(scenario: Scenario): Promise<Played> {
  const result = await together(scenario);
  if (result.failure === undefined) return result;
  const alone = await apart(scenario);
  // Ours has to do the same in both.
  if (alone.failure !== undefined || alone.own !== result.own) return result;
  closeRealms();
  return alone;
}

export type RandomResult = {
  /** How much was compared: steps of all there were. */
  compared: number;
  steps: number;
  met: string[];
  /** The smallest scenario that differs, and how to see it again. */
  failure?: { seed: number; path: string; scenario: string; told: string };
};

async function random(seed: number, runs: number, path?: string): Promise<RandomResult> {
  let [compared, steps] = [0, 0];
  const met = new Set<string>();
  const property = fc.asyncProperty(scenarios, async (scenario) => {
    const result = await unspoilt(scenario);
    compared += result.compared;
    steps += result.steps;
    for (const id of result.met) met.add(id);
    return result.failure === undefined;
  });
  const details = await fc.check(property, { seed, numRuns: runs, ...(path ? { path } : {}), endOnFailure: path !== undefined });
  const result: RandomResult = { compared, steps, met: [...met] };
  if (!details.failed) return result;
  // A fault of the tests themselves.
  const { errorInstance: fault } = details;
  if (fault instanceof Error && !fault.message.startsWith("Property failed")) throw fault;
  const [scenario] = details.counterexample as [Scenario];
  // Alone, so that nothing of another scenario can have to do with it.
  const { failure } = await apart(scenario);
  const again = failure ? undefined : (await together(scenario)).failure;
  const told = failure ?? `Alone it does not differ: something of the scenarios before it is left in the page. ${again ?? ""}`;
  return { ...result, failure: { seed, path: details.counterexamplePath ?? "", scenario: JSON.stringify(scenario), told } };
}

const conformance = {
  random,
  differences: () => DIFFERENCES.map(({ id, official, ours, why }) => ({ id, official, ours, why })),
  /** What the written scenarios call. */
  called: () => SCENARIOS.flatMap(({ steps }) => steps.flatMap((step) => (step.kind === "call" || step.kind === "page" ? [{ method: step.method, args: step.args }] : []))),
  names: () => SCENARIOS.map(({ name }) => name),
  /** `codes`: those of ours. */
  async written(index: number) {
    const { own, failure, met } = await apart(SCENARIOS[index]!);
    return { failure, met, codes: [...own.matchAll(/"code":"([A-Z_]+)"/g)].map(([, code]) => code!) };
  },
};

// What an SDK leaves unhandled is the harness's promise here: its answer to a request that the SDK did not catch.
window.addEventListener("unhandledrejection", (event) => event.preventDefault());

window.conformance = conformance;

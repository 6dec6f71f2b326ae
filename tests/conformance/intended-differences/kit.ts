// What an intended difference is, and what the rules of all topics look at.

import type { Moment } from "../page/compare.ts";
import type { Channel, Entry, StepRecord } from "../page/records.ts";

export type Difference = {
  id: string;
  official: string;
  ours: string;
  why: string;
  /**
   * Takes out of both records what this difference is about; true if there was something. "parts ways": from here on the
   * two are in different states, and neither this step nor what follows can be compared. "ends here": this step can.
   */
  settle(moment: Moment): boolean | "parts ways" | "ends here";
};

// Takes entries out of a channel of one side; true if there were any.
export function drop(side: StepRecord, channel: Channel, which: (entry: Entry) => boolean): boolean {
  const left = side[channel].filter((entry) => !which(entry));
  const found = left.length < side[channel].length;
  side[channel] = left;
  return found;
}

// Every pair of values at the same place in what the app, or the portal's page, was told.
export function eachPair({ official, ours }: Moment, visit: (official: any, ours: any) => boolean): boolean {
  let found = false;
  const walk = (a: any, b: any): void => {
    if (typeof a !== "object" || typeof b !== "object" || !a || !b) return;
    if (visit(a, b)) found = true;
    for (const key of Object.keys(a)) walk(a[key], b[key]);
  };
  for (const channel of ["told", "settled", "user", "frames"] as const) walk(official[channel], ours[channel]);
  return found;
}

// Did the app, or the portal's page, call one of these?
export const called = ({ step }: Moment, ...methods: string[]) => (step?.kind === "call" || step?.kind === "page") && methods.includes(step.method);
// The options of a call: its last object.
export const optionsOf = (args: unknown[]): Entry => (args.filter((one) => typeof one === "object" && one !== null).at(-1) ?? {}) as Entry;
export const rejection = (side: StepRecord): Entry | undefined => {
  const settled = side.settled.find(({ rejects, throws }) => rejects ?? throws);
  return settled?.rejects ?? settled?.throws;
};
export const failedWith = (side: StepRecord, ...codes: string[]) => codes.includes(rejection(side)?.code);

// Was the app told of a failure with one of these codes, or of these names?
export const toldOf = (side: StepRecord, ...which: string[]) =>
  [...side.told.map(({ args }) => args[0]), rejection(side)].some((error) => which.includes(error?.code) || which.includes(error?.$error));
// An account by another name than its id.
export const isName = (text: unknown) => typeof text === "string" && !/^[0-9a-f]{8}-/.test(text);
export const credentialHeader = "x-paragon-credential";

// Has the app chosen headless mode?
export const isHeadless = ({ scenario, index }: Moment): boolean => {
  const chosen = scenario.steps.slice(0, index).findLast((step) => step.kind === "call" && step.method === "setHeadless");
  return chosen?.kind === "call" && chosen.args[0] === true;
};

// The status that the scenario made the platform answer with, just before.
export const statusOf = ({ scenario, index }: Moment): number => {
  const before = scenario.steps[index - 2];
  return before?.kind === "answer" && typeof before.with === "object" ? before.with.status : 0;
};

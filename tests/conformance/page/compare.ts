// Compares what the two SDKs did in a scenario.

import { DIFFERENCES } from "../intended-differences/index.ts";
import type { Scenario, Step } from "../scenario.ts";
import { text } from "./plain.ts";
import { CHANNELS, type Channel, type Entry, type StepRecord } from "./records.ts";

/** One step, as an intended difference sees it; it takes out of both records what it is about. */
export type Moment = {
  scenario: Scenario;
  /** Undefined while the SDK is loaded, and at the end, when what is left behind is looked at. */
  step: Step | undefined;
  index: number;
  official: StepRecord;
  ours: StepRecord;
  /** The same for what was before. */
  earlier: Moment[];
};

export type Comparison = {
  /** What nothing explains, told for people; undefined if there is nothing. */
  failure: string | undefined;
  /** Ids of the intended differences that were met. */
  met: string[];
  /** Steps that were compared. */
  compared: number;
  steps: number;
};

export function compare(scenario: Scenario, official: StepRecord[], ours: StepRecord[]): Comparison {
  const met = new Set<string>();
  const earlier: Moment[] = [];
  const failures: string[] = [];
  const steps = official.length;
  for (let index = 0; index < steps; index += 1) {
    const step = scenario.steps[index - 1];
    const moment = { scenario, step, index, official: official[index]!, ours: ours[index]!, earlier };
    let partsWays = false;
    let endsHere = false;
    for (const difference of DIFFERENCES) {
      const found = difference.settle(moment);
      if (found) met.add(difference.id);
      partsWays ||= found === "parts ways";
      endsHere ||= found === "ends here";
    }
    if (partsWays) return { failure: failures.join("\n") || undefined, met: [...met], compared: index, steps };
    const unlike = CHANNELS.filter((channel) => text(moment.official[channel]) !== text(moment.ours[channel]));
    if (unlike.length) failures.push(tell(moment, unlike));
    earlier.push(moment);
    if (endsHere) return { failure: failures.join("\n") || undefined, met: [...met], compared: index + 1, steps };
  }
  return { failure: failures.join("\n") || undefined, met: [...met], compared: steps, steps };
}

function tell({ scenario, step, index, official, ours }: Moment, unlike: Channel[]): string {
  const where = index === 0 ? "while it is loaded" : step ? `at step ${index}, ${JSON.stringify(step).slice(0, 400)}` : "at the end";
  const lines = [`${scenario.name}: they differ ${where}`];
  for (const channel of unlike) {
    lines.push(`  ${channel}`);
    const [a, b] = [official[channel], ours[channel]];
    for (let at = 0; at < Math.max(a.length, b.length); at += 1) {
      if (text(a[at]) === text(b[at])) lines.push(`      both      ${short(a[at])}`);
      else lines.push(...difference(a[at], b[at]));
    }
  }
  return lines.join("\n");
}

function difference(a: Entry | undefined, b: Entry | undefined): string[] {
  if (!a || !b) return [a ? `    - official  ${short(a)}` : `    + ours      ${short(b)}`];
  const lines: string[] = [];
  for (const key of new Set([...Object.keys(a), ...Object.keys(b)])) {
    if (text(a[key]) === text(b[key])) lines.push(`      both      ${key}: ${short(a[key])}`);
    else lines.push(...parts(key, a[key], b[key]));
  }
  return lines;
}

// Down to the members that differ.
function parts(path: string, a: unknown, b: unknown): string[] {
  if (text(a) === text(b)) return [];
  const both = [a, b].every((value) => typeof value === "object" && value !== null);
  if (!both) return [`    - official  ${path}: ${short(a)}`, `    + ours      ${path}: ${short(b)}`];
  const keys = new Set([...Object.keys(a as object), ...Object.keys(b as object)]);
  // Only their own: settings may be named constructor.
  const own = (value: unknown, key: string) => (Object.hasOwn(value as object, key) ? (value as Entry)[key] : undefined);
  return [...keys].flatMap((key) => parts(`${path}.${key}`, own(a, key), own(b, key)));
}

const short = (value: unknown): string => {
  const whole = value === undefined ? "nothing" : JSON.stringify(value);
  return whole.length > 600 ? `${whole.slice(0, 600)}…` : whole;
};

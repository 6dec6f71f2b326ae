// How the steps of a run went, by their numbers in the workflow.
import type { BadgeTone } from "paragon-connect/react";
import type { Declared, RunStatus, Step } from "../app/types";
import { RUN_STATUS, stepType } from "../app/words";

/** The number that a step has in the workflow; the same for all items of a fan out. */
export const numberOf = (place: string): number => Number(place.split("/").at(-1));

/** The items of fan outs around it, as people count: `item 1`. */
export const itemOf = (place: string): string =>
  [...place.matchAll(/\[(\d+)\]/g)].map(([, index]) => `item ${Number(index) + 1}`).join(", ");

export type State = { tone: BadgeTone; text: string; taken: Step[] };

/** How all executions of one step went. */
export function stateOf(number: number, steps: readonly Step[]): State {
  const taken = steps.filter(({ place }) => numberOf(place) === number);
  const worst = (["FAILED", "DELAYED", "EXECUTING", "SUCCEEDED"] as RunStatus[]).find((status) => taken.some((step) => step.status === status));
  if (!worst) return { tone: "neutral", text: "Not taken", taken };
  const { tone, text } = RUN_STATUS[worst];
  const alike = taken.filter(({ status }) => status === worst).length;
  if (taken.length === 1) return { tone, text, taken };
  return { tone, text: alike === taken.length ? `${alike} × ${text.toLowerCase()}` : `${alike} of ${taken.length} ${text.toLowerCase()}`, taken };
}

/** What a step is called. */
export function titleOf(step: Pick<Declared, "name" | "type" | "method" | "url" | "over" | "status">): string {
  if (step.name) return step.name;
  if (step.url !== undefined) return `${step.method} ${step.url}`;
  if (step.over !== undefined) return `Each of ${step.over}`;
  if (step.status !== undefined) return `Answer ${step.status}`;
  return stepType(step.type);
}

/** All steps, those inside of others too. */
export function flat(outline: readonly Declared[]): Declared[] {
  return outline.flatMap((step) => [step, ...flat(step.then ?? []), ...flat(step.else ?? []), ...flat(step.steps ?? [])]);
}

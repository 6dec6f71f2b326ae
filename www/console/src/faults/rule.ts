// The form of a fault as texts, and the rule that it becomes.
import type { Effect, Fault, FaultKind, Rule } from "../app/types";
import { count, duration, FAULT_KINDS } from "../app/words";

export const EFFECTS = [
  { value: "status", label: "Another status" },
  { value: "slow", label: "Slow" },
  { value: "reset", label: "Connection reset" },
  { value: "half-body", label: "Half a body" },
  { value: "bad-json", label: "JSON that does not parse" },
  { value: "revoked-token", label: "Token revoked" },
  { value: "failing-refresh", label: "Token is not renewed" },
  { value: "coop", label: "Page severs itself (COOP)" },
] as const;

export type Form = {
  effect: string;
  status: string;
  retryAfter: string;
  ms: string;
  on: string;
  method: string;
  path: string;
  integration: string;
  user: string;
  after: string;
  times: string;
  probability: string;
  seed: string;
};

export const EMPTY: Form = {
  effect: "status",
  status: "503",
  retryAfter: "",
  ms: "3000",
  on: "",
  method: "",
  path: "",
  integration: "",
  user: "",
  after: "",
  times: "",
  probability: "",
  seed: "",
};

/** The form as an address asks for it. */
export const fromQuery = (query: URLSearchParams): Form => {
  const given = (["on", "method", "path", "integration", "user"] as const).map((name) => [name, query.get(name) ?? ""]);
  return { ...EMPTY, ...Object.fromEntries(given) };
};

export function toRule(form: Form): Rule {
  const effect: Effect = { kind: form.effect };
  if (form.effect === "status") {
    effect.status = Number(form.status);
    if (form.retryAfter) effect.retryAfter = Number(form.retryAfter);
  }
  if (form.effect === "slow") effect.ms = Number(form.ms);
  const rule: Rule = { effect };
  if (form.on) rule.on = form.on as FaultKind;
  for (const name of ["method", "path", "integration", "user"] as const) if (form[name].trim()) rule[name] = form[name].trim();
  for (const name of ["after", "times", "seed"] as const) if (form[name]) rule[name] = Number(form[name]);
  // People think in percent.
  if (form.probability) rule.probability = Number(form.probability) / 100;
  return rule;
}

export function effectText({ effect }: Rule): string {
  const label = EFFECTS.find(({ value }) => value === effect.kind)?.label ?? effect.kind;
  if (effect.kind === "status") return `Status ${effect.status}${effect.retryAfter === undefined ? "" : `, Retry-After ${effect.retryAfter} s`}`;
  return effect.kind === "slow" ? `${label}: ${duration(effect.ms ?? 0)} more` : label;
}

/** Which calls, in words. */
export function conditionText({ on, method, path, integration, user, after, times, probability }: Fault): string {
  const which = [on ? FAULT_KINDS[on] : "All calls", method, path, integration && `of ${integration}`, user && `by ${user}`];
  const often = [
    after ? `after ${count(after, "call")}` : "",
    times === undefined ? "" : count(times, "time"),
    probability === undefined ? "" : `${Math.round(probability * 100)} % of them`,
  ];
  return [which.filter(Boolean).join(" "), ...often].filter(Boolean).join(", ");
}

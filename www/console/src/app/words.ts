// How things are written: times, sizes, kinds of calls, states.
import type { BadgeTone } from "paragon-connect/react";
import type { Call, CallKind, Credential, FaultKind, RunStatus, Trigger } from "./types";

const time = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit" });
const minute = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });
const whole = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "medium" });

export const clockTime = (at: number | string): string => time.format(new Date(at));
export const shortTime = (at: number): string => minute.format(at);
export const dateTime = (at: number | string): string => whole.format(new Date(at));

/** `12 ms`, `3.4 s`, `2 min 5 s`, `3 h 20 min`. */
export function duration(ms: number): string {
  if (ms < 1_000) return `${ms} ms`;
  if (ms < 60_000) return `${(ms / 1_000).toFixed(1)} s`;
  const minutes = Math.floor(ms / 60_000);
  if (minutes < 60) return `${minutes} min ${Math.round((ms % 60_000) / 1_000)} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

export function size(bytes: number): string {
  if (bytes < 1_000) return `${bytes} B`;
  if (bytes < 1_000_000) return `${(bytes / 1_000).toFixed(1)} KB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}

export const KINDS: Record<CallKind, string> = {
  api: "API",
  proxy: "Proxy",
  oauth: "OAuth",
  hermes: "Events",
  provider: "To provider",
};

export const FAULT_KINDS: Record<FaultKind, string> = { ...KINDS, page: "Provider's pages" };

/** An address without what all calls of a project share. */
export function shortAddress({ kind, address }: Pick<Call, "kind" | "address">): string {
  if (kind === "provider") return address.replace(/^https?:\/\//, "");
  return address.replace(/^(\/v2)?\/projects\/[^/]+/, "").replace(/^\/sdk(?=\/)/, "") || "/";
}

/** How a call went: its status, or why there is none. */
export function outcome({ status, error, durationMs }: Pick<Call, "status" | "error" | "durationMs">): { tone: BadgeTone; text: string } {
  if (error !== null) return { tone: "bad", text: status === null ? "No answer" : `${status}, cut` };
  if (status === null) return { tone: "neutral", text: durationMs === null ? "Under way" : "No answer" };
  return { tone: status >= 500 ? "bad" : status >= 400 ? "warn" : "good", text: String(status) };
}

export const RUN_STATUS: Record<RunStatus, { tone: BadgeTone; text: string }> = {
  EXECUTING: { tone: "neutral", text: "Running" },
  DELAYED: { tone: "warn", text: "Waiting" },
  SUCCEEDED: { tone: "good", text: "Succeeded" },
  FAILED: { tone: "bad", text: "Failed" },
};

export const CREDENTIAL_STATUS: Record<Credential["status"], { tone: BadgeTone; text: string }> = {
  VALID: { tone: "good", text: "Valid" },
  PENDING: { tone: "warn", text: "Pending" },
  INVALID: { tone: "bad", text: "Invalid" },
};

export function triggerText(trigger: Trigger | null): string {
  switch (trigger?.kind) {
    case "appEvent":
      return `App event “${trigger.event}”`;
    case "request":
      return "Request of the app";
    case "integrationEnabled":
      return "Integration enabled";
    case "scheduler":
      return trigger.cron ? `Schedule ${trigger.cron} (${trigger.timeZone})` : `Every ${duration((trigger.intervalSeconds ?? 0) * 1_000)}`;
    case "integration":
      return `At the provider: ${trigger.type}`;
    case "webhook":
      return "Call of the provider";
    default:
      return "No trigger";
  }
}

const STEP_TYPES: Record<string, string> = {
  "ACTION/REQUEST": "Request",
  "ACTION/RESPONSE": "Response",
  "IFELSE/ACTION": "Conditional",
  "FANOUT/ACTION": "Fan out",
  "TRIGGER/EVENT": "App event",
  "TRIGGER/ENDPOINT": "Request of the app",
  "TRIGGER/INTEGRATION_ENABLED": "Integration enabled",
  "TRIGGER/CRON": "Schedule",
  "TRIGGER/INTEGRATION": "At the provider",
  "TRIGGER/WEBHOOK": "Call of the provider",
};
export const stepType = (type: string): string => STEP_TYPES[type] ?? type;

export const count = (number: number, one: string, many = `${one}s`): string => `${number} ${number === 1 ? one : many}`;

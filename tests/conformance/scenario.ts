// What a scenario is: data. A project with a user, and the steps that an app, its user and the platform take.

import type { PickerAction } from "./page/vendors.ts";
import { type Project, PROJECT_ID, TOKEN } from "./projects.ts";

export type Scenario = { name: string; project: Project; steps: Step[] };

export type Step =
  /** The app calls a method (`installFlow.start`). Nothing waits for its promise: what it settles to is written down. */
  | { kind: "call"; method: string; args: unknown[] }
  /** The user, or the pages in it, do something with a popup; the last one unless another is named, from 0. */
  | { kind: "popup"; does: PopupAction; which?: number }
  /** The portal's page calls a method of the SDK. */
  | { kind: "page"; method: string; args: unknown[] }
  /** The user clicks the finish button of the instruction that was shown last. */
  | { kind: "finish" }
  /** Time passes: milliseconds. */
  | { kind: "wait"; ms: number }
  /** The platform answers the next requests of this kind with something else. */
  | { kind: "answer"; to: string; with: Answer; times?: number }
  /** The platform keeps requests of this kind waiting until they are released. */
  | { kind: "hold"; to: string }
  | { kind: "release"; to: string }
  /** The user picks, or cancels, in the vendor's file picker that was shown last. */
  | { kind: "picker"; does: PickerAction }
  /** The scripts of vendors do not load, or do again. */
  | { kind: "blockScripts"; on: boolean }
  /** The browser blocks popups, or no longer does. */
  | { kind: "blockPopups"; on: boolean }
  /** The app changes what it was given by the last `getUser()`. */
  | { kind: "meddle" }
  /** The app's own AbortController, given as `signal()` in arguments, aborts. */
  | { kind: "abort" };

export type PopupAction =
  /** The platform's page in the popup has set its cookie, and says so. */
  | { type: "nonce" }
  /** The user allows: the platform has a credential. `tells`: its page can still reach its opener. */
  | { type: "allow"; tells: boolean; status?: "VALID" | "PENDING" | "INVALID" }
  /** The user, or the provider, refuses. */
  | { type: "deny"; error: unknown; tells?: boolean }
  | { type: "close" }
  /** A message from somewhere: from the popup unless `stranger`. */
  | { type: "post"; origin: string; data: unknown; stranger?: boolean };

export type Answer =
  | { status: number; body?: unknown; headers?: Record<string, string> }
  /** No answer at all: `fetch` rejects. */
  | "unreachable";

// Builders, so that scenarios read well.

export const call = (method: string, ...args: unknown[]): Step => ({ kind: "call", method, args });
export const page = (method: string, ...args: unknown[]): Step => ({ kind: "page", method, args });
export const wait = (ms: number): Step => ({ kind: "wait", ms });
export const finish: Step = { kind: "finish" };
export const meddle: Step = { kind: "meddle" };
export const abort: Step = { kind: "abort" };
export const hold = (to: string): Step => ({ kind: "hold", to });
export const release = (to: string): Step => ({ kind: "release", to });
export const picker = (does: PickerAction): Step => ({ kind: "picker", does });
export const blockScripts = (on = true): Step => ({ kind: "blockScripts", on });
export const blockPopups = (on = true): Step => ({ kind: "blockPopups", on });
/** `to` is a method and the end of a path: `GET /sdk/me`. */
export const answer = (to: string, status: number, body?: unknown, headers?: Record<string, string>, times = 1): Step => ({
  kind: "answer",
  to,
  with: { status, ...(body === undefined ? {} : { body }), ...(headers ? { headers } : {}) },
  times,
});
export const unreachable = (to: string): Step => ({ kind: "answer", to, with: "unreachable", times: 1 });

const popup = (does: PopupAction, which?: number): Step => ({ kind: "popup", does, ...(which === undefined ? {} : { which }) });
export const nonce = (which?: number) => popup({ type: "nonce" }, which);
export const allow = (options: { tells?: boolean; status?: "VALID" | "PENDING" | "INVALID"; which?: number } = {}) =>
  popup({ type: "allow", tells: options.tells ?? true, ...(options.status ? { status: options.status } : {}) }, options.which);
export const deny = (error: unknown = "access_denied", which?: number) => popup({ type: "deny", error }, which);
export const closePopup = (which?: number) => popup({ type: "close" }, which);
export const post = (origin: string, data: unknown, stranger = false) =>
  popup({ type: "post", origin, data, ...(stranger ? { stranger } : {}) });

// What stands for values that are not JSON, in arguments.

/** A function that writes down what it is called with; `throws`: and then throws. */
export const fn = (label: string, throws = false) => ({ $fn: label, ...(throws ? { throws } : {}) });
/** A function of the app's that loads something: it writes down what it is called with, and answers `gives`. */
export const loader = (label: string, gives: unknown) => ({ $fn: label, gives });
/** One that never answers. */
export const never = (label: string) => ({ $fn: label, never: true });
export const undefinedValue = { $undefined: true };
export const form = (values: Record<string, string>) => ({ $form: values });
export const blob = (text: string, type: string) => ({ $blob: text, type });
export const bytes = (...values: number[]) => ({ $bytes: values });
export const searchParams = (values: Record<string, string>) => ({ $searchParams: values });
export const headersObject = (values: Record<string, string>) => ({ $headers: values });
/** The signal of the app's AbortController. */
export const signal = { $signal: true };

/** A scenario of a user who is signed in, in headless mode, and of an app that hears of every event. */
export const signedIn = (name: string, project: Project, ...steps: Step[]): Scenario => ({
  name,
  project,
  steps: [...SIGN_IN, ...steps],
});

export const EVENTS = ["onIntegrationInstall", "onIntegrationUninstall", "onWorkflowChange", "onPortalOpen", "onPortalClose"];

export const AUTHENTICATE = call("authenticate", PROJECT_ID, TOKEN);

const SIGN_IN: Step[] = [
  call("setHeadless", true),
  ...EVENTS.map((event) => call("subscribe", event, fn(event))),
  AUTHENTICATE,
];

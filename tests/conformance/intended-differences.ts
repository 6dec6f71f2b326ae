// Where the SDK differs from the official package on purpose: the differences that the scenarios may show, each as narrow
// as it can be told. docs/intended-differences.md is made from this list.

import type { Moment } from "./page/compare.ts";
import type { Channel, Entry, StepRecord } from "./page/records.ts";

export type Difference = {
  id: string;
  official: string;
  ours: string;
  why: string;
  /**
   * Takes out of both records what this difference is about; true if there was something. "parts ways": from here on the
   * two are in different states, and what follows cannot be compared.
   */
  settle(moment: Moment): boolean | "parts ways";
};

// Takes entries out of a channel of one side; true if there were any.
function drop(side: StepRecord, channel: Channel, which: (entry: Entry) => boolean): boolean {
  const left = side[channel].filter((entry) => !which(entry));
  const found = left.length < side[channel].length;
  side[channel] = left;
  return found;
}

// Every pair of values at the same place in what was told and settled.
function eachPair({ official, ours }: Moment, visit: (official: any, ours: any) => boolean): boolean {
  let found = false;
  const walk = (a: any, b: any): void => {
    if (typeof a !== "object" || typeof b !== "object" || !a || !b) return;
    if (visit(a, b)) found = true;
    for (const key of Object.keys(a)) walk(a[key], b[key]);
  };
  for (const channel of ["told", "settled", "user"] as const) walk(official[channel], ours[channel]);
  return found;
}

const called = (moment: Moment, ...methods: string[]) => moment.step?.kind === "call" && methods.includes(moment.step.method);
const rejection = (side: StepRecord): Entry | undefined => side.settled.find(({ rejects, throws }) => rejects ?? throws);
const failedWith = (side: StepRecord, ...codes: string[]) => {
  const settled = rejection(side);
  return codes.includes((settled?.rejects ?? settled?.throws)?.code);
};

export const DIFFERENCES: Difference[] = [
  {
    id: "no-frame-at-import",
    official: "Importing adds an invisible iframe, which loads the portal and is told every change of the user's state.",
    ours: "There is a frame when the portal is opened, not before.",
    why: "Importing does nothing; an app that shows no portal loads none, and its user's state goes nowhere.",
    settle: ({ official, ours }) => {
      if (ours.frames.length > 0) return false;
      for (const entry of official.leftovers) {
        entry.frames -= 1;
        const at = entry.listeners.indexOf("window message");
        if (at >= 0) entry.listeners.splice(at, 1);
      }
      return drop(official, "frames", () => true);
    },
  },
  {
    id: "no-storage",
    official: "The token, the user's state and the hosts are written to local storage, and read back.",
    ours: "They are in memory only.",
    why: "Whatever runs in the page, later too, can read local storage. A full storage makes the official authenticate() reject.",
    settle: ({ official }) => {
      for (const entry of official.leftovers) entry.stored = entry.stored.filter((key: string) => key !== "paragon-connect-user-state");
      return drop(official, "storage", ({ key }) => key === "paragon-connect-user-state");
    },
  },
  {
    id: "own-version",
    official: "X-Paragon-SDK-Version and getVersion() are 2.4.0.",
    ours: "They are this package's own.",
    why: "They say which SDK speaks.",
    settle: (moment) => {
      let found = false;
      for (const side of [moment.official, moment.ours]) {
        for (const { headers } of side.requests) {
          if (/^\d+\.\d+\.\d+$/.test(headers["x-paragon-sdk-version"])) headers["x-paragon-sdk-version"] = "a version";
        }
        if (!called(moment, "getVersion")) continue;
        for (const entry of side.settled) {
          if (/^\d+\.\d+\.\d+$/.test(entry.gives)) [entry.gives, found] = ["a version", true];
        }
      }
      return found;
    },
  },
  {
    id: "quiet-console",
    official: "Failures are written to the console, beside being handed to the app.",
    ours: "The app gets them, and says itself what is worth a line.",
    why: "A failure that an app expects and handles is no noise.",
    settle: ({ official, ours }) => ours.console.length === 0 && drop(official, "console", () => true),
  },
  {
    id: "typed-errors",
    official: "Most failures are an Error without a name of its own; what went wrong is in the words of its message.",
    ours: "Each is a ParagonError with a name, a code, meta, retryable, and where they apply status, stage, response and requestId.",
    why: "An app can tell failures apart without reading sentences. Names that the official one has are the same.",
    settle: (moment) =>
      eachPair(moment, (official, ours) => {
        if (typeof official.$error !== "string" || typeof ours.code !== "string") return false;
        const unnamed = official.$error === "Error" && ours.$error !== "Error";
        if (unnamed) ours.$error = official.$error;
        for (const error of [official, ours]) for (const key of ["message", "code", "stage"]) delete error[key];
        // Ours tells more, and nothing else.
        if (official.meta === undefined || official.meta === null) for (const error of [official, ours]) delete error.meta;
        return unnamed;
      }),
  },
  {
    id: "no-timers-left",
    official: "Timers of its own go on when nothing is under way any more.",
    ours: "Every timer ends with what it was for.",
    why: "Nothing wakes a page that rests.",
    settle: ({ official, ours }) => {
      const [theirs, own] = [official.leftovers[0], ours.leftovers[0]];
      if (!theirs || !own || own.timers >= theirs.timers) return false;
      theirs.timers = own.timers;
      return true;
    },
  },
  {
    id: "tokens-are-checked",
    official: "A token that is not signed with RS256, has only two parts or names no user is sent to the platform.",
    ours: "It is refused at once, with the reason.",
    why: "The platform would refuse it anyway; here the developer learns why.",
    settle: (moment) =>
      called(moment, "authenticate") &&
      failedWith(moment.ours, "TOKEN_UNREADABLE", "TOKEN_UNSIGNED", "TOKEN_WITHOUT_USER") &&
      moment.official.requests.length > 0
        ? "parts ways"
        : false,
  },
];

// What the SDK does to the page it is in: its frame, storage, console, and what it leaves behind.

import type { Entry, StepRecord } from "../page/records.ts";
import { called, type Difference, drop } from "./kit.ts";

export const page: Difference[] = [
  {
    id: "the-frame-comes-with-the-user",
    official: "Importing adds an invisible iframe, which loads the portal without a word on the project, and is told of every step, often the same again; in headless mode too, where it is never shown.",
    ours: "The frame comes with the user, is not there in headless mode, and goes with the user. Its address names the project, and its page is told what has changed, once a turn.",
    why: "Importing does nothing; an app that shows no portal loads none, and its user's state goes nowhere. A page that knows the project can begin.",
    settle: ({ official, ours, earlier }) => {
      const before = earlier.at(-1);
      const [theirs, own] = [heard(official, before?.official), heard(ours, before?.ours)];
      const found = official.frames.length > 0;
      if (own.there) for (const [side, { latest }] of [[official, theirs], [ours, own]] as const) side.frames = [{ latest }, ...answers(side)];
      else [official.frames, ours.frames] = [[], []];
      const [left, ownLeft] = [official.leftovers[0], ours.leftovers[0]];
      if (!left || ownLeft?.frames > 0) return found;
      left.frames -= 1;
      const at = left.listeners.indexOf("window message");
      if (at >= 0) left.listeners.splice(at, 1);
      // Ours listens to a popup as long as it is there; the official one's listener for the frame hears popups too.
      if (ownLeft?.popups > 0) ownLeft!.listeners.splice(ownLeft!.listeners.indexOf("window message"), 1);
      return true;
    },
  },
  {
    id: "state-changes-are-told",
    official: "There is no onStateChange() and no getSnapshot().",
    ours: "The one tells listeners of every change of getUser(), the other gives the state as one frozen object until then.",
    why: "A page need not ask again and again.",
    settle: (moment) => (called(moment, "onStateChange", "getSnapshot") ? "parts ways" : false),
  },
  {
    id: "no-storage",
    official: "The token, the user's state and the hosts are written to local storage, and read back.",
    ours: "They are in memory only. With the option persist of authenticate() the token is kept, and nothing else.",
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
    id: "missing-sources-are-a-warning",
    official: "That nothing, or no source, was given for a dropdown or a mapping is an error in the console.",
    ours: "A warning, with the code SOURCE_MISSING or SOURCE_INVALID, and what to do.",
    why: "The input is shown without choices; nothing has failed.",
    settle: ({ official, ours }) => {
      const missing = ({ level, args }: Entry) => level === "warn" && /^SOURCE_/.test(args[0]?.code);
      return official.console.some(({ level }) => level === "error") && drop(ours, "console", missing);
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
    id: "handlers-do-not-fail-the-flow",
    official: "An onNext or onComplete that throws counts as a failure of the flow: onError is told, and the flow is stuck.",
    ours: "What it throws is written to the console; the flow goes on.",
    why: "A fault of the page's display must not lose an account.",
    settle: (moment) =>
      moment.ours.console.some(({ args }) => args[0] === "paragon: a handler of the app threw") &&
      moment.official.told.some(({ callback }) => callback === "onError") &&
      !moment.ours.told.some(({ callback }) => callback === "onError")
        ? "parts ways"
        : false,
  },
  {
    id: "handlers-that-throw",
    official: "What a handler throws is written to the console as it is.",
    ours: "With a word on whose it is.",
    why: "It is the app's, not the SDK's.",
    settle: ({ official, ours }) => {
      const own = ours.console.filter(({ args }) => args[0] === "paragon: a handler of the app threw");
      if (own.length === 0) return false;
      drop(official, "console", () => true);
      return drop(ours, "console", (entry) => own.includes(entry));
    },
  },
  {
    id: "nothing-left",
    official: "Timers and listeners of its own stay when nothing is under way any more.",
    ours: "Every timer and listener ends with what it was for.",
    why: "Nothing wakes a page that rests.",
    settle: ({ official, ours }) => {
      const [theirs, own] = [official.leftovers[0], ours.leftovers[0]];
      let found = false;
      if (theirs && own && own.timers < theirs.timers) [theirs.timers, found] = [own.timers, true];
      if (theirs && own && own.listeners.length < theirs.listeners.length) [theirs.listeners, found] = [own.listeners, true];
      return found;
    },
  },
];

type Heard = { there: boolean; latest: unknown };
const hearing = new WeakMap<StepRecord, Heard>();

// Whether a portal's frame is there after a step, and what its page was told last.
function heard(side: StepRecord, before: StepRecord | undefined): Heard {
  const now: Heard = { there: false, latest: null, ...(before && hearing.get(before)) };
  for (const { does, data } of side.frames) {
    if (does === "loads") [now.there, now.latest] = [true, null];
    if (does === "goes") [now.there, now.latest] = [false, null];
    if (data?.messageType === "UI_UPDATE") {
      now.latest = { context: data.nextContext, state: data.nextModalState };
      delete data.nextContext?.environments?.API_TRIGGER_KIT_PUBLIC_URL;
    }
  }
  hearing.set(side, now);
  return now;
}

// What else the portal's page was sent.
const answers = ({ frames }: StepRecord) => frames.filter(({ does, data }) => does === "gets" && data?.messageType !== "UI_UPDATE");

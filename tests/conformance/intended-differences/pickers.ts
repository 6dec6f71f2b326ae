// File pickers: when vendors' scripts are loaded, and how a picker ends.

import type { Entry } from "../page/records.ts";
import { called, type Difference, drop, rejection } from "./kit.ts";

const isLoad = ({ does }: Entry) => /load/.test(does);
const texts = (entries: Entry[]) => entries.map((entry) => JSON.stringify(entry)).sort();

export const pickers: Difference[] = [
  {
    id: "picker-scripts-come-early",
    official: "A vendor's script is loaded when the account has been read, its stylesheet first.",
    ours: "While the account is read; both at once.",
    why: "The picker is there sooner.",
    settle: (moment) => {
      const { official, ours } = moment;
      if (!called(moment, "picker.init")) return false;
      const [theirs, own] = [official.vendors.filter(isLoad), ours.vendors.filter(isLoad)];
      // The account could not be read: that is where the official one ends.
      if (theirs.length === 0 && rejection(official)) return drop(ours, "vendors", isLoad);
      if (texts(theirs).join() !== texts(own).join() || JSON.stringify(theirs) === JSON.stringify(own)) return false;
      official.vendors = [...own, ...official.vendors.filter((entry) => !isLoad(entry))];
      return true;
    },
  },
  {
    id: "pickers-try-again",
    official: "After a script has failed to load, every init() fails.",
    ours: "Each tries again.",
    why: "A page need not be loaded anew because the network was gone for a moment.",
    settle: (moment) => {
      const { official, ours } = moment;
      if (!called(moment, "picker.init")) return false;
      if (rejection(official) && !rejection(ours) && ours.vendors.some(isLoad)) return "parts ways";
      const failed = ({ does }: Entry) => does === "does not load";
      return official.vendors.length < ours.vendors.length && ours.vendors.every(failed) && drop(ours, "vendors", failed) && drop(official, "vendors", failed);
    },
  },
  {
    id: "pickers-end-once",
    official: "onClose comes after a choice in Google's picker, onCancel alone in Google's and Box's, nothing after a choice in Box's, which stays in the page.",
    ours: "onFileSelect or onCancel, then onClose, and the picker is hidden.",
    why: "One rule for all.",
    settle: (moment) => {
      const { step, official, ours } = moment;
      if (step?.kind !== "picker") return false;
      const closes = ({ callback }: Entry) => callback === "onClose";
      const found = drop(ours, "vendors", ({ does }) => does === "hides");
      drop(official, "vendors", ({ does }) => does === "hides");
      return (!official.told.some(closes) && drop(ours, "told", closes)) || found;
    },
  },
  {
    id: "box-has-its-own-place",
    official: "A Box picker is shown in an element .picker of the app's, or one that is left in the page.",
    ours: "In the app's container, or in an element that goes with it.",
    why: "Nothing is left, and no name is taken.",
    settle: ({ official, ours }) => {
      let found = false;
      official.vendors.forEach((entry, index) => {
        if (entry.container !== ".picker" || ours.vendors[index]?.container) return;
        found = delete entry.container;
      });
      return found;
    },
  },
  {
    id: "pickers-that-are-not-ready",
    official: "open() before init() is false, without a word; getInstance() of Box's picker throws.",
    ours: "open() is false, and a warning says why; getInstance() is null.",
    why: "A developer learns what is missing.",
    settle: (moment) => {
      const { official, ours } = moment;
      const warned = drop(ours, "console", ({ args }) => args[0]?.code === "PICKER_NOT_READY");
      if (!called(moment, "picker.getInstance") || !official.settled[0]?.throws || ours.settled[0]?.gives !== null) return warned;
      official.settled = ours.settled;
      return true;
    },
  },
  {
    id: "microsoft-needs-no-script",
    official: "A script for signing in at Microsoft is loaded, and not used.",
    ours: "It is not.",
    why: "The account is connected already.",
    settle: ({ official }) => drop(official, "vendors", ({ address }) => address?.startsWith("https://alcdn.msauth.net/")),
  },
  {
    id: "picker-popups-end",
    official: "A picker whose popup is blocked counts as open, with an error in the console; one whose window is closed tells nothing.",
    ours: "open() is false; onCancel, onClose.",
    why: "A picker must end.",
    settle: ({ ours, official }) =>
      ours.told.some(({ callback }) => callback === "onCancel") && !official.told.some(({ callback }) => callback === "onCancel") ? "parts ways" : false,
  },
];

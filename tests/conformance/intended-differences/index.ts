// Where the SDK differs from the official package on purpose: the differences that the scenarios may show, each as narrow
// as it can be told. docs/intended-differences.md is made from this list.

import { accounts } from "./accounts.ts";
import { choices } from "./choices.ts";
import { errors } from "./errors.ts";
import { flow } from "./flow.ts";
import { page } from "./page.ts";
import { pickers } from "./pickers.ts";
import { popup } from "./popup.ts";
import { portal } from "./portal.ts";
import { requests } from "./requests.ts";
import { session } from "./session.ts";
import { settings } from "./settings.ts";
import type { Difference } from "./kit.ts";

/** Each rule sees what those before it have left. */
export const DIFFERENCES: Difference[] = [
  ...page,
  ...session,
  ...accounts,
  ...requests,
  ...settings,
  ...choices,
  ...popup,
  ...flow,
  ...portal,
  ...pickers,
  ...errors,
];

// All written scenarios.

import type { Scenario } from "../scenario.ts";
import { accounts } from "./accounts.ts";
import { catalog } from "./catalog.ts";
import { events } from "./events.ts";
import { hostScenarios } from "./hosts.ts";
import { direct, flow } from "./install.ts";
import { ofThePage } from "./page.ts";
import { pickers } from "./pickers.ts";
import { portal } from "./portal.ts";
import { options, requests } from "./requests.ts";
import { session } from "./session.ts";
import { settings, workflows } from "./settings.ts";
import { sources } from "./sources.ts";

export const SCENARIOS: Scenario[] = [
  ...session,
  ...hostScenarios,
  ...catalog,
  ...events,
  ...accounts,
  ...settings,
  ...workflows,
  ...requests,
  ...options,
  ...flow,
  ...direct,
  ...sources,
  ...portal,
  ...ofThePage,
  ...pickers,
];

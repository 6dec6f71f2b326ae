// The projects that are measured: generated, always the same, and of the sizes that real ones have.

import { type Account, ALL_FEATURES, credentialId, input, integration, PROJECT_ID, type Project, token, uuid } from "../tests/conformance/projects.ts";
import { Model } from "../tests/conformance/page/model.ts";

/** Integrations, and characters of JSON for each of them in the answers to `integrations` and `me`. */
const SIZES = {
  small: { count: 3, config: 44_500, state: 8_400 },
  medium: { count: 50, config: 44_500, state: 8_400 },
  large: { count: 200, config: 44_500, state: 8_400 },
  huge: { count: 200, config: 44_500, state: 20_000 },
};

const length = (value: unknown) => JSON.stringify(value).length;

// Steps of workflows are most of what a project says of itself, and no SDK looks into them.
const step = (n: number) => ({
  id: uuid("5", n),
  type: "ACTION",
  description: `Step ${n}: reads records, and writes those that have changed`,
  parameters: { actor: "integration", intent: "SEARCH_RECORDS", actionParameters: [{ key: "filter", source: { type: "VALUE", value: `field-${n % 97} is not empty` } }] },
  next: uuid("5", n + 1),
});

function config(index: number, size: number) {
  const workflows = ["contacts", "deals", "messages", "files"].map((key) => ({ key, defaultEnabled: key === "deals" }));
  const settings = Array.from({ length: 8 }, (_, n) => input(`setting-${n}`, "ENUM", { values: [{ label: "One", value: "1" }, { label: "Two", value: "2" }] }));
  // Every second one asks the user for something before and after the popup.
  const asks = index % 2 === 0 ? { preInputs: [input("domain")], postInputs: [input("folder")] } : {};
  const made = integration(`integration${index}`, { workflows, settings, ...asks });
  const steps = made.wire.workflows[0]!.steps as unknown[];
  const missing = size - length(made.wire);
  const each = length(step(1000)) + 1;
  for (let n = 0; n < missing / each; n++) steps.push(step(1000 + n));
  return made;
}

// What the user has chosen stands in an account's configuration, and twice beside it.
function account(index: number, size: number): Account {
  const sharedSettings: Record<string, string> = {};
  for (let n = 0; n < (size - 2_200) / 2 / 62; n++) sharedSettings[`setting-${n}`] = `what the user has chosen for ${index}, number ${n} of all`;
  return { integration: `integration${index}`, sharedSettings };
}

export function answers(name: keyof typeof SIZES) {
  const { count, config: configSize, state } = SIZES[name];
  const project: Project = {
    features: ALL_FEATURES,
    integrations: Array.from({ length: count }, (_, index) => config(index, configSize)),
    accounts: Array.from({ length: count }, (_, index) => account(index, state)),
    meta: { plan: "business" },
    resources: [],
  };
  const model = new Model(project);
  const text = (answer: any) => JSON.stringify(answer.body);
  return { me: text(model.me()), integrations: text(model.integrations()) };
}

export const names = Object.keys(SIZES);
/** Good for ten years. */
export const session = { project: PROJECT_ID, token: token(315_360_000), credential: credentialId(1) };

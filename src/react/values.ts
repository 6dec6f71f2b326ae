// Values of inputs: how they begin, how one changes others, what is sent.
import type {
  ConnectInputValue,
  CustomDropdownField,
  DynamicMappingField,
  DynamicMappingOptions,
  InputSources,
  ScopeValue,
} from "paragon-connect";
import type { ParagonLike } from "./store.js";

/** Any input: of an install flow, of an integration's settings or of a workflow's. */
export type InputDefinition = {
  id: string;
  title: string;
  /** A `SidebarInputType`. */
  type: string;
  subtitle?: string;
  tooltip?: string;
  titleText?: string;
  toolTipText?: string;
  placeholder?: string;
  /** Absent means required. */
  required?: boolean;
  defaultValue?: unknown;
  documentationLink?: string;
  documentationLinkLabel?: string;
  hidden?: boolean;
  hiddenInConnect?: boolean;
  readOnly?: boolean;
  inputType?: string;
  prefixLabel?: string;
  suffixLabel?: string;
  sourceType?: string;
  key?: string;
  customDropdownOptions?: CustomDropdownField[];
  savedFieldMappings?: { label: string }[];
  useDynamicMapper?: boolean;
  dynamicObjectName?: string;
  dynamicObjectOptions?: DynamicMappingOptions | DynamicMappingField[];
  requiredScopes?: string[];
  scopes?: { values: ScopeValue[] };
};

export type Values = Record<string, ConnectInputValue>;

/** True for an input that is for people. */
export const isShown = (input: InputDefinition) => !input.hidden && !input.hiddenInConnect;

export const isSwitch = ({ type }: InputDefinition) => type === "SWITCH" || type === "BOOLEAN_INPUT";

/** What an input begins with when nothing is saved. */
export function initialValue(input: InputDefinition): ConnectInputValue {
  if (input.type === "PERMISSION") return scopesOf(input, input.defaultValue as string | undefined).join(" ");
  return input.defaultValue as ConnectInputValue;
}

/** Values for a form: what is saved, else what the inputs begin with. */
export function initialValues(inputs: InputDefinition[], saved: Values = {}): Values {
  return Object.fromEntries(inputs.map((input) => [input.id, saved[input.id] ?? initialValue(input)]));
}

/** The scopes of a value, in the input's order; those that are required are always among them. */
export function scopesOf({ scopes, requiredScopes = [] }: InputDefinition, value: string | undefined): string[] {
  const chosen = new Set([...requiredScopes, ...(value ?? "").split(/\s+/).filter(Boolean)]);
  for (const scope of scopes?.values ?? []) if (scope.required) chosen.add(scope.name);
  const listed = (scopes?.values ?? []).map(({ name }) => name).filter((name) => chosen.delete(name));
  return [...listed, ...chosen];
}

/** Where an input's choices come from; null if it has no sources, or its project does not know them (any more). */
export function sourcesOf(paragon: ParagonLike, integration: string, input: InputDefinition): InputSources | null {
  try {
    return paragon.getSourcesForInput(integration, input as never);
  } catch {
    return null;
  }
}

/** Ids of the inputs of this list whose values an input's choices depend on. */
export function dependenciesOf(paragon: ParagonLike, integration: string, input: InputDefinition, inputs: InputDefinition[]): string[] {
  if (input.type !== "DYNAMIC_ENUM") return [];
  const sources = sourcesOf(paragon, integration, input);
  if (sources?.kind !== "single" || !("refreshDependencies" in sources.source)) return [];
  const needed = sources.source.refreshDependencies ?? [];
  return inputs.map(({ id }) => id).filter((id) => id !== input.id && needed.includes(id));
}

/** What a new value means for the others: choices that depend on it are to be made again. Ids to values, itself included. */
export function changesBy(
  paragon: ParagonLike,
  integration: string,
  inputs: InputDefinition[],
  changed: InputDefinition,
  value: ConnectInputValue,
): Values {
  const changes: Values = { [changed.id]: value };
  // A choice that is made again has those that depend on it made again as well.
  for (let grew = true; grew; ) {
    grew = false;
    for (const input of inputs) {
      if (input.id in changes) continue;
      if (!dependenciesOf(paragon, integration, input, inputs).some((id) => id in changes)) continue;
      changes[input.id] = undefined;
      grew = true;
    }
  }
  return changes;
}

export function isEmpty(value: ConnectInputValue | null): boolean {
  return value === undefined || value === "" || value === null;
}

/** Ids of inputs that have to be filled in and are not. */
export function missingOf(inputs: InputDefinition[], values: Values): string[] {
  return inputs
    .filter((input) => isShown(input) && input.required !== false && !isSwitch(input) && input.type !== "COPYABLE_BUTTON_INPUT")
    .filter((input) => isIncomplete(input, values[input.id]))
    .map(({ id }) => id);
}

function isIncomplete(input: InputDefinition, value: ConnectInputValue): boolean {
  if (isEmpty(value)) return true;
  if (typeof value !== "object") return false;
  if (input.type === "COMBO_INPUT" || input.type === "DYNAMIC_COMBO_INPUT") {
    const { mainInput, dependentInput } = value as { mainInput?: string; dependentInput?: string };
    return !mainInput || !dependentInput;
  }
  if (input.type === "FIELD_MAPPER") {
    const { objectMapping, mainInput, fieldMappings = {} } = value as Record<string, never> & { fieldMappings?: Record<string, string> };
    return !(objectMapping || mainInput) || (input.savedFieldMappings ?? []).some(({ label }) => !fieldMappings[label]);
  }
  return false;
}

/** What is sent: an input that was left empty is left out. */
export function answersOf(inputs: InputDefinition[], values: Values): Values {
  return Object.fromEntries(
    inputs
      .map((input) => [input.id, isSwitch(input) ? values[input.id] === true : values[input.id]] as const)
      .filter(([, value]) => !isEmpty(value)),
  );
}

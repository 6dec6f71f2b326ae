// Values of a form of inputs: how they begin, how one changes others, what is sent.
import { SidebarInputType, type ConnectInputValue, type IntegrationConnectInput } from "paragon-connect";

export type Values = Record<string, ConnectInputValue>;

export const isShown = (input: IntegrationConnectInput) => !input.hidden && !input.hiddenInConnect;

export function initialValues(inputs: IntegrationConnectInput[]): Values {
  return Object.fromEntries(inputs.map((input) => [input.id, input.defaultValue as ConnectInputValue]));
}

/** Sets one value. Choices that were made after it may depend on it, so they are asked for again. */
export function withValue(
  inputs: IntegrationConnectInput[],
  before: Values,
  changed: IntegrationConnectInput,
  value: ConnectInputValue,
): Values {
  const next = { ...before, [changed.id]: value };
  if (!isAccountChoice(changed) || before[changed.id] === value) return next;
  for (const input of inputs.slice(inputs.indexOf(changed) + 1)) {
    if (isAccountChoice(input)) next[input.id] = undefined;
  }
  return next;
}

/** The choices above an input: what its own choices may depend on, and whether all that are needed are made. */
export function choicesBefore(inputs: IntegrationConnectInput[], input: IntegrationConnectInput, values: Values) {
  const above = inputs.slice(0, inputs.indexOf(input)).filter(isAccountChoice);
  return {
    parameters: Object.fromEntries(above.filter((each) => !isEmpty(values[each.id])).map((each) => [each.id, values[each.id]])),
    complete: above.every((each) => each.required === false || !isEmpty(values[each.id])),
  };
}

/** What is sent: an input that was left empty is left out. */
export function answersOf(inputs: IntegrationConnectInput[], values: Values): Values {
  return Object.fromEntries(
    inputs
      .map((input) => [input.id, isSwitch(input) ? values[input.id] === true : values[input.id]] as const)
      .filter(([, value]) => !isEmpty(value)),
  );
}

const isAccountChoice = (input: IntegrationConnectInput) => input.type === SidebarInputType.DynamicEnum;

function isSwitch(input: { type: SidebarInputType }): boolean {
  return input.type === SidebarInputType.Switch || input.type === SidebarInputType.BooleanInput;
}

const isEmpty = (value: ConnectInputValue) => value === undefined || value === "" || value === null;

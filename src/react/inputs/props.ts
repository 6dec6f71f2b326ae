// What every input takes.
import type { ConnectInputValue } from "paragon-connect";
import type { InputDefinition } from "../values.js";

export type ConnectInputProps = {
  input: InputDefinition;
  value: ConnectInputValue;
  onChange: (value: ConnectInputValue) => void;
  /** The integration's type: choices come from it. */
  integration: string;
  /** The account that choices are read from; without it the current one. */
  selectedCredentialId?: string;
  /** Values of other inputs that the choices depend on, by id. */
  parameters?: Record<string, unknown>;
  /** Title of the input that has to be chosen first; the input waits for it. */
  waitsFor?: string;
  /** What is wrong with the value, for people. */
  problem?: string;
};

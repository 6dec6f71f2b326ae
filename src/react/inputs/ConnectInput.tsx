// One input of an integration, drawn by its type.
import type { ReactElement } from "react";
import { ChoiceInput } from "./ChoiceInput.js";
import { ComboInput } from "./ComboInput.js";
import { CopyInput } from "./CopyInput.js";
import { FieldMapperInput } from "./FieldMapperInput.js";
import { FileInput } from "./FileInput.js";
import { PermissionInput } from "./PermissionInput.js";
import type { ConnectInputProps } from "./props.js";
import { SwitchInput } from "./SwitchInput.js";
import { TextInput } from "./TextInput.js";
import { UnsupportedInput } from "./UnsupportedInput.js";

// A `SidebarInputType` each; names of the enum would bring the SDK into every bundle.
const CONTROLS = new Map<string, (props: ConnectInputProps) => ReactElement>(Object.entries({
  TEXT_NO_VARS: TextInput,
  TEXTAREA_NO_VARS: TextInput,
  NUMBER: TextInput,
  EMAIL: TextInput,
  URL: TextInput,
  PASSWORD: TextInput,
  BOOLEAN_INPUT: SwitchInput,
  SWITCH: SwitchInput,
  ENUM: ChoiceInput,
  DYNAMIC_ENUM: ChoiceInput,
  CUSTOM_DROPDOWN: ChoiceInput,
  COMBO_INPUT: ComboInput,
  DYNAMIC_COMBO_INPUT: ComboInput,
  FIELD_MAPPER: FieldMapperInput,
  PERMISSION: PermissionInput,
  COPYABLE_BUTTON_INPUT: CopyInput,
  FILE: FileInput,
}));

/** An input with its label, help and error. It keeps no value of its own. */
export function ConnectInput(props: ConnectInputProps): ReactElement {
  const Control = CONTROLS.get(props.input.type);
  return Control ? <Control {...props} /> : <UnsupportedInput input={props.input} />;
}

// One input of an integration, drawn by its type.
import { SidebarInputType, type ConnectInputValue, type IntegrationConnectInput } from "paragon-connect";
import { ChoiceInput } from "./ChoiceInput";
import { SwitchInput } from "./SwitchInput";
import { TextAreaInput } from "./TextAreaInput";
import { TextInput } from "./TextInput";
import { UnsupportedInput } from "./UnsupportedInput";

export type ConnectInputProps = {
  input: IntegrationConnectInput;
  value: ConnectInputValue;
  onChange: (value: ConnectInputValue) => void;
  integration: string;
  /** The account that choices are read from. */
  selectedCredentialId?: string;
  /** Values that the choices may depend on. */
  parameters: Record<string, unknown>;
  /** A choice that this one may depend on is still missing. */
  isWaiting: boolean;
};

export function ConnectInput(props: ConnectInputProps) {
  // Projects may send types that the declarations do not list for install flows.
  switch (props.input.type as SidebarInputType) {
    case SidebarInputType.ValueText:
    case SidebarInputType.Number:
    case SidebarInputType.Email:
    case SidebarInputType.URL:
    case SidebarInputType.Password:
      return <TextInput {...props} />;
    case SidebarInputType.ValueTextArea:
      return <TextAreaInput {...props} />;
    case SidebarInputType.Switch:
    case SidebarInputType.BooleanInput:
      return <SwitchInput {...props} />;
    case SidebarInputType.Enum:
    case SidebarInputType.DynamicEnum:
      return <ChoiceInput {...props} />;
    default:
      return <UnsupportedInput input={props.input} />;
  }
}

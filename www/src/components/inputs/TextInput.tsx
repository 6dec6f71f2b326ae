// Text, number, e-mail, address and password inputs.
import { SidebarInputType } from "paragon-connect";
import { FieldError, Group, Input, TextField, type TextFieldProps } from "react-aria-components";
import type { ConnectInputProps } from "./ConnectInput";
import { InputHelp } from "./InputHelp";
import { InputLabel } from "./InputLabel";

const HTML_TYPES: Partial<Record<SidebarInputType, string>> = {
  [SidebarInputType.Number]: "number",
  [SidebarInputType.Email]: "email",
  [SidebarInputType.URL]: "url",
  [SidebarInputType.Password]: "password",
};

export function TextInput({ input, value, onChange }: ConnectInputProps) {
  const type = HTML_TYPES[input.type] ?? input.inputType ?? "text";
  return (
    <TextField
      className="field"
      name={input.id}
      // React Aria passes the type on; its declaration lists only the text-like ones.
      type={type as TextFieldProps["type"]}
      value={value === undefined ? "" : String(value)}
      onChange={onChange}
      isRequired={input.required !== false}
      isReadOnly={input.readOnly}
      autoComplete="off"
    >
      <InputLabel input={input} />
      {input.prefixLabel || input.suffixLabel ? (
        <Group className="input-group">
          {input.prefixLabel && <span className="affix">{input.prefixLabel}</span>}
          <Input className="input" placeholder={input.placeholder} />
          {input.suffixLabel && <span className="affix">{input.suffixLabel}</span>}
        </Group>
      ) : (
        <Input className="input" placeholder={input.placeholder} step={type === "number" ? "any" : undefined} />
      )}
      <InputHelp input={input} />
      <FieldError className="field-error" />
    </TextField>
  );
}

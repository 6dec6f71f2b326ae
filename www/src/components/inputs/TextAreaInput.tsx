// Text of several lines.
import { FieldError, TextArea, TextField } from "react-aria-components";
import type { ConnectInputProps } from "./ConnectInput";
import { InputHelp } from "./InputHelp";
import { InputLabel } from "./InputLabel";

export function TextAreaInput({ input, value, onChange }: ConnectInputProps) {
  return (
    <TextField
      className="field"
      name={input.id}
      value={value === undefined ? "" : String(value)}
      onChange={onChange}
      isRequired={input.required !== false}
      isReadOnly={input.readOnly}
    >
      <InputLabel input={input} />
      <TextArea className="input textarea" rows={4} placeholder={input.placeholder} />
      <InputHelp input={input} />
      <FieldError className="field-error" />
    </TextField>
  );
}

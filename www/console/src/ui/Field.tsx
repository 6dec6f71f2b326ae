// A line of text, or a number, with its label and help.
import { Input, Label, Text, TextField } from "react-aria-components";

type FieldProps = {
  label: string;
  value: string;
  onChange: (value: string) => void;
  help?: string;
  placeholder?: string;
  /** React Aria's number field needs markup that the page's policy refuses. */
  type?: "text" | "number" | "datetime-local";
  step?: string;
  isRequired?: boolean;
};

export function Field({ label, value, onChange, help, placeholder, type = "text", step, isRequired }: FieldProps) {
  return (
    <TextField className="pc-field" value={value} onChange={onChange} type={type} isRequired={isRequired}>
      <Label className="pc-label">{label}</Label>
      <Input className="pc-input" placeholder={placeholder} autoComplete="off" spellCheck="false" step={step} min={type === "number" ? 0 : undefined} />
      {help && (
        <Text slot="description" className="pc-help">
          {help}
        </Text>
      )}
    </TextField>
  );
}

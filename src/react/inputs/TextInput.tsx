// Text, number, e-mail, address and password inputs, and text of several lines.
import { useState, type ReactElement } from "react";
import { Group, Input, TextArea, TextField, type TextFieldProps } from "react-aria-components";
import { useTexts } from "../context.js";
import { Button } from "../ui/Button.js";
import { FieldError, FieldHelp, FieldLabel } from "./Field.js";
import type { ConnectInputProps } from "./props.js";

const HTML_TYPES: Record<string, string> = { NUMBER: "number", EMAIL: "email", URL: "url", PASSWORD: "password" };

export function TextInput({ input, value, onChange, problem }: ConnectInputProps): ReactElement {
  const texts = useTexts();
  const [isShown, setShown] = useState(false);
  const type = HTML_TYPES[input.type] ?? input.inputType ?? "text";
  const isSecret = type === "password";
  const control =
    input.type === "TEXTAREA_NO_VARS" ? (
      <TextArea className="pc-input pc-textarea" rows={4} placeholder={input.placeholder} />
    ) : (
      <Input className="pc-input" placeholder={input.placeholder} step={type === "number" ? "any" : undefined} spellCheck={isSecret ? "false" : undefined} />
    );
  return (
    <TextField
      className="pc-field"
      name={input.id}
      // React Aria passes the type on; its declaration lists only the text-like ones.
      type={(isSecret && isShown ? "text" : type) as TextFieldProps["type"]}
      value={value === undefined || value === null ? "" : String(value)}
      onChange={onChange}
      isRequired={input.required !== false}
      isReadOnly={input.readOnly}
      isInvalid={problem ? true : undefined}
      autoComplete={isSecret ? "new-password" : "off"}
    >
      <FieldLabel input={input} />
      {input.prefixLabel || input.suffixLabel || isSecret ? (
        <Group className="pc-input-group">
          {input.prefixLabel && <span className="pc-affix">{input.prefixLabel}</span>}
          {control}
          {input.suffixLabel && <span className="pc-affix">{input.suffixLabel}</span>}
          {isSecret && (
            <Button look="quiet" size="small" onPress={() => setShown(!isShown)}>
              {isShown ? texts.hide : texts.show}
            </Button>
          )}
        </Group>
      ) : (
        control
      )}
      <FieldHelp input={input} />
      <FieldError>{problem}</FieldError>
    </TextField>
  );
}

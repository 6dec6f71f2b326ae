// A text to copy; it has no value of its own.
import type { ReactElement } from "react";
import { Input, TextField } from "react-aria-components";
import { useTexts } from "../context.js";
import { Button } from "../ui/Button.js";
import { Icon } from "../ui/icons.js";
import { useCopy } from "../ui/useCopy.js";
import { FieldHelp, FieldLabel } from "./Field.js";
import type { ConnectInputProps } from "./props.js";

export function CopyInput({ input, value }: ConnectInputProps): ReactElement {
  const texts = useTexts();
  const [copied, copy] = useCopy();
  const text = String(value ?? input.defaultValue ?? "");
  return (
    <TextField className="pc-field" value={text} isReadOnly>
      <FieldLabel input={{ ...input, required: true }} />
      <div className="pc-copy">
        <Input className="pc-input pc-mono" />
        <Button onPress={() => copy(text)} aria-label={`${copied ? texts.copied : texts.copy}: ${input.title}`}>
          <Icon name={copied ? "check" : "copy"} />
          {copied ? texts.copied : texts.copy}
        </Button>
      </div>
      <FieldHelp input={input} />
    </TextField>
  );
}

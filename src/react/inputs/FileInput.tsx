// A file; its text is the value.
import { useState, type ReactElement } from "react";
import { FileTrigger } from "react-aria-components";
import { useElementId } from "../compat.js";
import { useTexts } from "../context.js";
import { fill } from "../texts/index.js";
import { Button } from "../ui/Button.js";
import { Icon } from "../ui/icons.js";
import { FieldTitle, GroupHelp } from "./Field.js";
import type { ConnectInputProps } from "./props.js";

/** Bytes. Settings are for keys and certificates, not for documents. */
const LARGEST = 256 * 1024;

export function FileInput({ input, value, onChange, problem }: ConnectInputProps): ReactElement {
  const texts = useTexts();
  const titleId = useElementId();
  const [name, setName] = useState<string | null>(null);
  const [fault, setFault] = useState<string | null>(null);
  const isSet = typeof value === "string" && value !== "";

  async function take(file: File | undefined) {
    if (!file) return;
    if (file.size > LARGEST) return setFault(fill(texts.fileTooLarge, { size: "256 KB" }));
    try {
      const text = await file.text();
      setFault(null);
      setName(file.name);
      onChange(text);
    } catch {
      setFault(texts.fileUnreadable);
    }
  }

  const wrong = fault ?? problem;
  return (
    <div className="pc-field" role="group" aria-labelledby={titleId}>
      <span id={titleId} className="pc-label">
        <FieldTitle input={input} />
      </span>
      <div className="pc-file">
        <FileTrigger onSelect={(files) => void take(files?.[0])}>
          <Button isDisabled={input.readOnly}>
            <Icon name="file" />
            {texts.chooseFile}
          </Button>
        </FileTrigger>
        {isSet && <span className="pc-file-name">{name ?? texts.fileChosen}</span>}
        {isSet && !input.readOnly && (
          <Button look="quiet" size="small" aria-label={`${texts.remove}: ${input.title}`} onPress={() => (setName(null), onChange(undefined))}>
            <Icon name="close" />
          </Button>
        )}
      </div>
      <GroupHelp input={input} />
      {wrong && (
        <p className="pc-field-error" role="alert">
          {wrong}
        </p>
      )}
    </div>
  );
}

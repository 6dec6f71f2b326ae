// Adds a field of the app to a mapping: one that was left out, or one of the user's own.
import type { DynamicMappingField } from "paragon-connect";
import { useState, type ReactElement } from "react";
import { Input, Label, TextField } from "react-aria-components";
import { useTexts } from "../context.js";
import { Button } from "../ui/Button.js";
import { Icon } from "../ui/icons.js";

type AddFieldProps = {
  /** Fields that are not in the mapping. */
  options: DynamicMappingField[];
  canCreate: boolean;
  /** Names that are in use. */
  taken: string[];
  onAdd: (key: string, isNew: boolean) => void;
};

export function AddField({ options, canCreate, taken, onAdd }: AddFieldProps): ReactElement | null {
  const texts = useTexts();
  const [name, setName] = useState("");
  const wanted = name.trim();
  const isFree = wanted !== "" && !taken.includes(wanted);

  function create() {
    if (!isFree) return;
    onAdd(wanted, true);
    setName("");
  }

  if (options.length === 0 && !canCreate) return null;
  return (
    <div className="pc-add">
      {options.map(({ label, value }) => (
        <Button key={value} size="small" onPress={() => onAdd(value, false)}>
          <Icon name="plus" />
          {label}
        </Button>
      ))}
      {canCreate && (
        <div className="pc-add-own">
          <TextField className="pc-field" value={name} onChange={setName} onKeyDown={(event) => event.key === "Enter" && (event.preventDefault(), create())}>
            <Label className="pc-label">{texts.fieldName}</Label>
            <Input className="pc-input" />
          </TextField>
          <Button onPress={create} isDisabled={!isFree}>
            {texts.addField}
          </Button>
        </div>
      )}
    </div>
  );
}

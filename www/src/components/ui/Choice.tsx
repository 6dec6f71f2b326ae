// A plain choice among a few values.
import { ChevronDown } from "lucide-react";
import { Button, Label, ListBox, ListBoxItem, Popover, Select, SelectValue } from "react-aria-components";

type ChoiceProps<Value extends string> = {
  label: string;
  hideLabel?: boolean;
  value: Value;
  options: readonly { value: Value; label: string }[];
  onChange: (value: Value) => void;
};

export function Choice<Value extends string>({ label, hideLabel, value, options, onChange }: ChoiceProps<Value>) {
  return (
    <Select
      className="pc-field"
      aria-label={hideLabel ? label : undefined}
      value={value}
      onChange={(key) => {
        const option = options.find((each) => each.value === key);
        if (option) onChange(option.value);
      }}
    >
      {!hideLabel && <Label>{label}</Label>}
      <Button className="pc-select-button">
        <SelectValue />
        <ChevronDown aria-hidden="true" />
      </Button>
      <Popover className="pc-popover">
        <ListBox className="pc-listbox" items={options}>
          {(option) => (
            <ListBoxItem id={option.value} className="pc-option" textValue={option.label}>
              {option.label}
            </ListBoxItem>
          )}
        </ListBox>
      </Popover>
    </Select>
  );
}

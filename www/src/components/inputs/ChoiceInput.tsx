// A choice from a list that is loaded: from the project, or from the connected account with search and pages.
import { ChevronDown } from "lucide-react";
import { useState } from "react";
import { Button, FieldError, Popover, Select } from "react-aria-components";
import { useFieldOptions, type Choice } from "../../sdk/useFieldOptions";
import { ErrorNotice } from "../ui/ErrorNotice";
import { Button as TextButton } from "../ui/Button";
import { ChoiceList } from "./ChoiceList";
import type { ConnectInputProps } from "./ConnectInput";
import { InputHelp } from "./InputHelp";
import { InputLabel } from "./InputLabel";

export function ChoiceInput({ input, value, onChange, integration, selectedCredentialId, parameters, isWaiting }: ConnectInputProps) {
  const [isOpen, setOpen] = useState(false);
  const [lastChosen, setLastChosen] = useState<Choice | null>(null);
  const options = useFieldOptions({
    integration,
    source: isWaiting ? undefined : input.sourceType,
    selectedCredentialId,
    parameters,
  });

  const key = value === undefined || value === "" ? null : String(value);
  const chosen = options.choices.find((choice) => choice.value === key) ?? (lastChosen?.value === key ? lastChosen : null);
  // The list holds the chosen value even if it is on another page, so that the form knows it.
  const choices = chosen && !options.search && !options.choices.includes(chosen) ? [chosen, ...options.choices] : options.choices;

  return (
    <Select
      className="field"
      name={input.id}
      value={key}
      onChange={(next) => {
        setLastChosen(choices.find((choice) => choice.value === next) ?? null);
        onChange(next === null ? undefined : String(next));
      }}
      isOpen={isOpen}
      onOpenChange={(open) => {
        setOpen(open);
        if (!open) options.setSearch("");
      }}
      isRequired={input.required !== false}
      isDisabled={isWaiting || input.readOnly}
    >
      <InputLabel input={input} />
      <Button className="select-button">
        <span className="select-value" data-placeholder={key === null || undefined}>
          {chosen?.label ?? key ?? input.placeholder ?? "Choose…"}
        </span>
        <ChevronDown aria-hidden="true" />
      </Button>
      <InputHelp input={input} />
      <FieldError className="field-error" />
      {options.error && (
        <ErrorNotice error={options.error} actions={<TextButton onPress={options.reload}>Load again</TextButton>} />
      )}
      <Popover className="popover popover-field">
        <ChoiceList label={input.title} options={options} choices={choices} />
      </Popover>
    </Select>
  );
}

// One choice from a data source: a button that opens a list with search and pages.
import type { DynamicDataSource, StaticEnumDataSource } from "paragon-connect";
import { useState, type ReactElement } from "react";
import { Button as AriaButton, Popover, Select } from "react-aria-components";
import { useTexts } from "../context.js";
import { useFieldOptions, type Choice as OneChoice } from "../hooks/useFieldOptions.js";
import { fill } from "../texts/index.js";
import { Button } from "../ui/Button.js";
import { ErrorNotice } from "../ui/ErrorNotice.js";
import { Icon } from "../ui/icons.js";
import type { InputDefinition } from "../values.js";
import { ChoiceList } from "./ChoiceList.js";
import { FieldError, FieldHelp, FieldLabel } from "./Field.js";

export type ChoiceProps = {
  input: InputDefinition;
  /** Label, if it is not the input's title. */
  title?: string;
  source: string | DynamicDataSource | StaticEnumDataSource | null | undefined;
  integration: string;
  selectedCredentialId?: string;
  parameters?: Record<string, unknown>;
  value: string | null;
  onChange: (value: string | undefined) => void;
  waitsFor?: string;
  problem?: string;
  /** One of several choices of an input; what is said of the input stands there. */
  isPart?: boolean;
  /** Its list is read again each time it is opened. */
  refreshOnOpen?: boolean;
};

export function Choice(props: ChoiceProps): ReactElement {
  const { input, title = input.title, source, integration, selectedCredentialId, parameters, value, waitsFor, problem } = props;
  const texts = useTexts();
  const [isOpen, setOpen] = useState(false);
  const [lastChosen, setLastChosen] = useState<OneChoice | null>(null);
  const [wasOpened, setWasOpened] = useState(false);
  const isWaiting = waitsFor !== undefined;
  const options = useFieldOptions({
    integration,
    source: isWaiting ? undefined : source,
    selectedCredentialId,
    parameters,
    value,
    isNeeded: wasOpened || value !== null,
  });

  const chosen = options.choices.find((choice) => choice.value === value) ?? (lastChosen?.value === value ? lastChosen : null);
  // The list holds the chosen value even if it is on another page, so that the form knows it.
  const choices = chosen && !options.search && !options.choices.includes(chosen) ? [chosen, ...options.choices] : options.choices;

  function open(now: boolean) {
    setOpen(now);
    if (now && wasOpened && (props.refreshOnOpen || options.error)) options.reload();
    if (now) setWasOpened(true);
    else options.setSearch("");
  }

  return (
    <Select
      className="pc-field"
      name={input.id}
      value={value}
      onChange={(next) => {
        setLastChosen(choices.find((choice) => choice.value === next) ?? null);
        props.onChange(next === null ? undefined : String(next));
      }}
      isOpen={isOpen}
      // Its choices are loaded when it is opened for the first time.
      allowsEmptyCollection
      onOpenChange={open}
      isRequired={input.required !== false}
      isDisabled={isWaiting || input.readOnly}
      isInvalid={problem ? true : undefined}
    >
      <FieldLabel input={props.isPart ? { ...input, required: true } : input} title={title} />
      <div className="pc-select">
        <AriaButton className="pc-select-button">
          <span className="pc-select-value" data-placeholder={value === null || undefined}>
            {isWaiting ? fill(texts.chooseFirst, { title: waitsFor }) : (chosen?.label ?? value ?? input.placeholder ?? texts.choose)}
          </span>
          <Icon name="chevron" />
        </AriaButton>
        {value !== null && input.required === false && !input.readOnly && (
          <Button look="quiet" size="small" aria-label={`${texts.remove}: ${title}`} onPress={() => props.onChange(undefined)} slot={null}>
            <Icon name="close" />
          </Button>
        )}
      </div>
      {!props.isPart && <FieldHelp input={input} />}
      <FieldError>{problem}</FieldError>
      {options.error && (
        <ErrorNotice
          error={options.error}
          actions={
            <Button size="small" onPress={options.reload} slot={null}>
              {texts.loadAgain}
            </Button>
          }
        />
      )}
      <Popover className="pc-popover pc-popover-field">
        <ChoiceList label={title} options={options} choices={choices} />
      </Popover>
    </Select>
  );
}

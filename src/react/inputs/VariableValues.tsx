// The values of a field that was chosen: the inputs that its source asks for, else one text.
import type { DynamicDataSource, DynamicDefaultInput } from "paragon-connect";
import type { ReactElement } from "react";
import { Checkbox, CheckboxGroup, Input, Label, TextField } from "react-aria-components";
import { useTexts } from "../context.js";
import { useFieldOptions } from "../hooks/useFieldOptions.js";
import { Button } from "../ui/Button.js";
import { ErrorNotice } from "../ui/ErrorNotice.js";
import { Spinner } from "../ui/Spinner.js";
import type { InputDefinition } from "../values.js";
import { Choice } from "./Choice.js";

export type VariableValue = string | Record<string, string | string[] | undefined> | undefined;

type VariableValuesProps = {
  input: InputDefinition;
  integration: string;
  selectedCredentialId?: string;
  source: DynamicDataSource | undefined;
  parameters: Record<string, unknown>;
  value: VariableValue;
  onChange: (value: VariableValue) => void;
};

export function VariableValues({ input, value, onChange, ...from }: VariableValuesProps): ReactElement {
  const texts = useTexts();
  const options = useFieldOptions(from);
  if (options.loading) return <Spinner label={texts.loading} />;
  if (options.error) {
    return <ErrorNotice error={options.error} actions={<Button size="small" onPress={options.reload}>{texts.loadAgain}</Button>} />;
  }
  if (options.nested.length === 0) {
    return (
      <TextField className="pc-field" value={typeof value === "string" ? value : ""} onChange={onChange} isReadOnly={input.readOnly}>
        <Label className="pc-label">{texts.value}</Label>
        <Input className="pc-input" />
      </TextField>
    );
  }
  const values = typeof value === "object" ? value : {};
  return (
    <>
      {options.nested.map((nested) => (
        <NestedInput
          key={nested.id}
          nested={nested}
          integration={from.integration}
          value={values[nested.id]}
          onChange={(next) => onChange({ ...values, [nested.id]: next })}
        />
      ))}
    </>
  );
}

type NestedInputProps = {
  nested: DynamicDefaultInput;
  integration: string;
  value: string | string[] | undefined;
  onChange: (value: string | string[] | undefined) => void;
};

function NestedInput({ nested, integration, value, onChange }: NestedInputProps): ReactElement {
  const input: InputDefinition = { id: nested.id, title: nested.title, type: "ENUM", required: nested.required };
  if (nested.type === "multi" || nested.type === "multiCheckbox") {
    return (
      <CheckboxGroup className="pc-field pc-checks" value={Array.isArray(value) ? value : []} onChange={onChange} isRequired={nested.required}>
        <Label className="pc-label">{nested.title}</Label>
        {nested.items.map((item) => (
          <Checkbox key={String(item.value)} value={String(item.value)} className="pc-check">
            <span className="pc-check-box" aria-hidden="true" />
            {item.label}
          </Checkbox>
        ))}
      </CheckboxGroup>
    );
  }
  if (nested.type === "dropdown") {
    return (
      <Choice
        input={input}
        source={{ type: "STATIC_ENUM_DATA_SOURCE" as never, title: nested.title, id: nested.id, values: nested.items }}
        integration={integration}
        value={typeof value === "string" && value ? value : null}
        onChange={onChange}
      />
    );
  }
  return (
    <TextField
      className="pc-field"
      type={(nested.type === "number" ? "number" : "text") as "text"}
      value={typeof value === "string" ? value : ""}
      onChange={onChange}
      isRequired={nested.required}
    >
      <Label className="pc-label">{nested.title}</Label>
      <Input className="pc-input" />
    </TextField>
  );
}

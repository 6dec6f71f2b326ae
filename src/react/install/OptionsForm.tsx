// A form of the inputs that an integration asks for while it is connected.
import type { ConnectInputValue } from "paragon-connect";
import { useState, type ReactElement } from "react";
import { Form } from "react-aria-components";
import { useElementId } from "../compat.js";
import { useParagon, useTexts } from "../context.js";
import type { ShownError } from "../errors.js";
import { InputList } from "../inputs/InputList.js";
import { Button } from "../ui/Button.js";
import { ErrorNotice } from "../ui/ErrorNotice.js";
import { answersOf, changesBy, initialValues, missingOf, type InputDefinition, type Values } from "../values.js";

type OptionsFormProps = {
  intro: string;
  submitLabel: string;
  inputs: InputDefinition[];
  integration: string;
  /** The account that choices are read from. */
  selectedCredentialId?: string;
  busy: boolean;
  error: ShownError | null;
  onSubmit: (values: Record<string, ConnectInputValue>) => void;
};

export function OptionsForm(props: OptionsFormProps): ReactElement {
  const { intro, submitLabel, inputs, integration, selectedCredentialId, busy, error, onSubmit } = props;
  const paragon = useParagon();
  const texts = useTexts();
  const introId = useElementId();
  const [values, setValues] = useState<Values>(() => initialValues(inputs));
  const [wasSent, setWasSent] = useState(false);
  const missing = missingOf(inputs, values);

  return (
    <Form
      className="pc-stage-form"
      aria-labelledby={introId}
      onSubmit={(event) => {
        event.preventDefault();
        setWasSent(true);
        if (!busy && missing.length === 0) onSubmit(answersOf(inputs, values));
      }}
    >
      <div className="pc-dialog-body pc-fields">
        <p id={introId} className="pc-muted">
          {intro}
        </p>
        {error && <ErrorNotice error={error} />}
        <InputList
          inputs={inputs}
          values={values}
          onChange={(input, value) => setValues((before) => ({ ...before, ...changesBy(paragon, integration, inputs, input, value) }))}
          integration={integration}
          selectedCredentialId={selectedCredentialId}
          problems={wasSent ? Object.fromEntries(missing.map((id) => [id, texts.required])) : {}}
        />
      </div>
      <footer className="pc-dialog-foot">
        <Button look="primary" type="submit" isBusy={busy}>
          {submitLabel}
        </Button>
      </footer>
    </Form>
  );
}

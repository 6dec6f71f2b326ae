// A form of the inputs that an integration asks for.
import type { ConnectInputValue, IntegrationConnectInput } from "paragon-connect";
import { useState } from "react";
import { Form } from "react-aria-components";
import type { ShownError } from "../../sdk/errors";
import { ConnectInput } from "../inputs/ConnectInput";
import { Button } from "../ui/Button";
import { ErrorNotice } from "../ui/ErrorNotice";
import { answersOf, choicesBefore, initialValues, isShown, withValue, type Values } from "./optionValues";

type OptionsFormProps = {
  intro: string;
  submitLabel: string;
  inputs: IntegrationConnectInput[];
  integration: string;
  /** The account that choices are read from. */
  selectedCredentialId?: string;
  busy: boolean;
  error: ShownError | null;
  onSubmit: (values: Record<string, ConnectInputValue>) => void;
};

export function OptionsForm(props: OptionsFormProps) {
  const { intro, submitLabel, inputs, integration, selectedCredentialId, busy, error, onSubmit } = props;
  const [values, setValues] = useState<Values>(() => initialValues(inputs));

  return (
    <Form
      className="stage-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (!busy) onSubmit(answersOf(inputs, values));
      }}
    >
      <div className="dialog-body fields">
        <p className="muted">{intro}</p>
        {error && <ErrorNotice error={error} />}
        {inputs.filter(isShown).map((input) => {
          const { parameters, complete } = choicesBefore(inputs, input, values);
          return (
            <ConnectInput
              key={input.id}
              input={input}
              value={values[input.id]}
              onChange={(value) => setValues((before) => withValue(inputs, before, input, value))}
              integration={integration}
              selectedCredentialId={selectedCredentialId}
              parameters={parameters}
              isWaiting={!complete}
            />
          );
        })}
      </div>
      <footer className="dialog-foot">
        <Button look="primary" type="submit" isBusy={busy}>
          {submitLabel}
        </Button>
      </footer>
    </Form>
  );
}

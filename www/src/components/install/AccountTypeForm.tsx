// Chooses the kind of account to connect.
import type { AccountType } from "paragon-connect";
import { useState } from "react";
import { Form, Label, Radio, RadioGroup } from "react-aria-components";
import type { ShownError } from "../../sdk/errors";
import { Button } from "../ui/Button";
import { ErrorNotice } from "../ui/ErrorNotice";

type AccountTypeFormProps = {
  options: AccountType[];
  busy: boolean;
  error: ShownError | null;
  onSubmit: (id: string) => void;
};

export function AccountTypeForm({ options, busy, error, onSubmit }: AccountTypeFormProps) {
  const [chosen, setChosen] = useState(options[0]?.id ?? "");
  return (
    <Form
      className="stage-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (chosen && !busy) onSubmit(chosen);
      }}
    >
      <div className="dialog-body">
        {error && <ErrorNotice error={error} />}
        <RadioGroup className="radio-cards" value={chosen} onChange={setChosen}>
          <Label>Which kind of account do you want to connect?</Label>
          {options.map((option) => (
            <Radio key={option.id} value={option.id} className="radio-card">
              <span className="radio-dot" aria-hidden="true" />
              {sentence(option.accountDescription ?? option.id)}
            </Radio>
          ))}
        </RadioGroup>
      </div>
      <footer className="dialog-foot">
        <Button look="primary" type="submit" isBusy={busy}>
          Continue
        </Button>
      </footer>
    </Form>
  );
}

const sentence = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

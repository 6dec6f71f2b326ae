// Chooses the kind of account to connect.
import type { AccountType } from "paragon-connect";
import { useState, type ReactElement } from "react";
import { Form, Label, Radio, RadioGroup } from "react-aria-components";
import { useTexts } from "../context.js";
import type { ShownError } from "../errors.js";
import { Button } from "../ui/Button.js";
import { ErrorNotice } from "../ui/ErrorNotice.js";

type AccountTypeFormProps = {
  options: AccountType[];
  busy: boolean;
  error: ShownError | null;
  onSubmit: (id: string) => void;
};

export function AccountTypeForm({ options, busy, error, onSubmit }: AccountTypeFormProps): ReactElement {
  const texts = useTexts();
  const [chosen, setChosen] = useState(options[0]?.id ?? "");
  return (
    <Form
      className="pc-stage-form"
      onSubmit={(event) => {
        event.preventDefault();
        if (chosen && !busy) onSubmit(chosen);
      }}
    >
      <div className="pc-dialog-body">
        {error && <ErrorNotice error={error} />}
        <RadioGroup className="pc-radio-cards" value={chosen} onChange={setChosen}>
          <Label className="pc-label">{texts.whichAccount}</Label>
          {options.map((option) => (
            <Radio key={option.id} value={option.id} className="pc-radio-card">
              <span className="pc-radio-dot" aria-hidden="true" />
              {sentence(option.accountDescription ?? option.id)}
            </Radio>
          ))}
        </RadioGroup>
      </div>
      <footer className="pc-dialog-foot">
        <Button look="primary" type="submit" isBusy={busy}>
          {texts.continue}
        </Button>
      </footer>
    </Form>
  );
}

const sentence = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

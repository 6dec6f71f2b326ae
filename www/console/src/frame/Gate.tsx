// Asks for this run's secret.
import { KeyRound } from "lucide-react";
import { Button, Notice } from "paragon-connect/react";
import { useEffect, useState } from "react";
import { Form, Input, Label, Text, TextField } from "react-aria-components";
import { MAIN_ID } from "../../../src/components/layout/SkipLink";

export function Gate({ refusal, onSecret }: { refusal: string | null; onSecret: (secret: string) => void }) {
  const [text, setText] = useState("");
  useEffect(() => {
    document.title = "Console";
  }, []);
  return (
    <main id={MAIN_ID} className="gate">
      <section className="card gate-card" aria-labelledby="gate-title">
        <span className="gate-icon" aria-hidden="true">
          <KeyRound />
        </span>
        <h1 id="gate-title">Open the console</h1>
        {refusal !== null && (
          <Notice look="warn" title="The platform has refused">
            {refusal}
          </Notice>
        )}
        <p className="pc-muted">
          The platform prints an address behind <code>Console</code> when it starts: open that one. Or enter the secret, which is printed
          behind <code>Secret</code> and stands in <code>admin.json</code> in the data folder.
        </p>
        <Form
          className="gate-form"
          onSubmit={(event) => {
            event.preventDefault();
            if (text.trim()) onSecret(text.trim());
          }}
        >
          <TextField className="pc-field" value={text} onChange={setText} type="password" isRequired autoFocus>
            <Label className="pc-label">Secret of this run</Label>
            <Input className="pc-input pc-mono" autoComplete="off" spellCheck="false" />
            <Text slot="description" className="pc-help">
              It begins with “local-only-” and stays in this tab.
            </Text>
          </TextField>
          <Button look="primary" type="submit">
            Open
          </Button>
        </Form>
      </section>
    </main>
  );
}

// Sends requests to the provider with one of the user's accounts.
import { CircleAlert, SendHorizontal } from "lucide-react";
import type { IConnectCredential } from "paragon-connect";
import { accountChoices, Button } from "paragon-connect/react";
import { useState } from "react";
import { FieldError, Form, Input, Label, TextArea, TextField } from "react-aria-components";
import { record } from "../../app/activity";
import { examplesFor, METHODS, type AnswerKind, type Example, type Method } from "../../app/examples";
import { useProxyRequest } from "../../sdk/useProxyRequest";
import { Card } from "../ui/Card";
import { Choice } from "../ui/Choice";
import { parseBody } from "./parseBody";
import { RequestAnswer } from "./RequestAnswer";

type RequestConsoleProps = {
  type: string;
  name: string;
  /** At least one. */
  accounts: [IConnectCredential, ...IConnectCredential[]];
};

const answerOptions = [
  { value: "json", label: "JSON" },
  { value: "blob", label: "File" },
] as const;
const methodOptions = METHODS.map((method) => ({ value: method, label: method }));

export function RequestConsole({ type, name, accounts }: RequestConsoleProps) {
  const examples = examplesFor(type);
  const [method, setMethod] = useState<Method>(examples[0]?.method ?? "GET");
  const [path, setPath] = useState(examples[0]?.path ?? "");
  const [body, setBody] = useState("");
  const [answerKind, setAnswerKind] = useState<AnswerKind>("json");
  const [chosenAccount, setChosenAccount] = useState<string | null>(null);
  const { busy, answer, send, clear } = useProxyRequest(type);

  const hasBody = method !== "GET";
  const parsed = parseBody(hasBody ? body : "");
  const account = accounts.find((each) => each.id === chosenAccount) ?? accounts[0];

  function take(example: Example) {
    setMethod(example.method);
    setPath(example.path);
    setBody(example.body === undefined ? "" : JSON.stringify(example.body, null, 2));
    setAnswerKind(example.answer ?? "json");
    clear();
  }

  async function submit() {
    if (!parsed.ok || busy) return;
    const result = await send(path, {
      method,
      ...(parsed.body !== undefined && { body: parsed.body }),
      responseType: answerKind,
      selectedCredentialId: account.id,
    });
    record({
      kind: result.ok ? "request" : "error",
      title: result.ok ? `${method} ${path}` : result.error.name,
      subject: type,
      details: result.ok
        ? { milliseconds: result.milliseconds }
        : { request: `${method} ${path}`, message: result.error.message, code: result.error.code, status: result.error.status },
    });
  }

  return (
    <Card title="Request console" description={`Calls the ${name} API through the proxy. The platform adds the account's authentication.`}>
      {examples.length > 0 && (
        <div className="chips" role="group" aria-label="Examples">
          {examples.map((example) => (
            <Button key={example.label} size="small" onPress={() => take(example)}>
              {example.label}
            </Button>
          ))}
        </div>
      )}
      <Form
        className="request"
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <div className="request-line">
          <Choice label="Method" value={method} options={methodOptions} onChange={setMethod} />
          <TextField className="pc-field request-path" value={path} onChange={setPath} isRequired>
            <Label>Path</Label>
            <Input className="pc-input pc-mono" spellCheck="false" autoCapitalize="off" autoComplete="off" />
            <FieldError className="pc-field-error" />
          </TextField>
          <Choice label="Answer" value={answerKind} options={answerOptions} onChange={setAnswerKind} />
          <Button look="primary" type="submit" isBusy={busy}>
            {!busy && <SendHorizontal aria-hidden="true" />}
            Send
          </Button>
        </div>
        {accounts.length > 1 && (
          <Choice
            label="Account"
            value={account.id}
            options={accountChoices(accounts)}
            onChange={setChosenAccount}
          />
        )}
        {hasBody && (
          <TextField className="pc-field" value={body} onChange={setBody} isInvalid={!parsed.ok}>
            <Label>Body (JSON)</Label>
            <TextArea className="pc-input pc-mono pc-textarea" rows={6} spellCheck="false" />
            {!parsed.ok && (
              <FieldError className="pc-field-error">
                <CircleAlert aria-hidden="true" /> This is not JSON: {parsed.reason}
              </FieldError>
            )}
          </TextField>
        )}
      </Form>
      {answer && <RequestAnswer answer={answer} />}
    </Card>
  );
}

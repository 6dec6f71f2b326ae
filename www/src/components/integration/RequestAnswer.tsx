// What a request answered, and how long it took.
import type { ProxyAnswer } from "../../sdk/useProxyRequest";
import { ErrorNotice } from "../ui/ErrorNotice";
import { JsonBlock } from "../ui/JsonBlock";
import { StatusBadge } from "../ui/StatusBadge";

export function RequestAnswer({ answer }: { answer: ProxyAnswer }) {
  const status = answer.ok ? "OK" : (answer.error.status ?? "Failed");
  return (
    <div className="answer" data-testid="request-answer" data-ok={answer.ok} aria-live="polite">
      <div className="answer-head">
        <StatusBadge tone={answer.ok ? "good" : "bad"}>{status}</StatusBadge>
        <span className="muted">{answer.milliseconds} ms</span>
      </div>
      {answer.ok ? <AnswerBody body={answer.body} /> : <ErrorNotice error={answer.error} />}
    </div>
  );
}

function AnswerBody({ body }: { body: unknown }) {
  return body === undefined ? (
    <p className="muted">The answer has no body.</p>
  ) : (
    <JsonBlock value={body} label="Answer" data-testid="request-answer-body" />
  );
}

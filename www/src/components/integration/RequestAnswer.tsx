// What a request answered, and how long it took.
import { Download } from "lucide-react";
import { ErrorNotice, StatusBadge } from "paragon-connect/react";
import { useEffect, useState } from "react";
import type { ProxyAnswer } from "../../sdk/useProxyRequest";
import { JsonBlock } from "../ui/JsonBlock";

export function RequestAnswer({ answer }: { answer: ProxyAnswer }) {
  const status = answer.ok ? "OK" : (answer.error.status ?? "Failed");
  return (
    <div className="answer" data-testid="request-answer" data-ok={answer.ok} aria-live="polite">
      <div className="answer-head">
        <StatusBadge tone={answer.ok ? "good" : "bad"}>{status}</StatusBadge>
        <span className="pc-muted">{answer.milliseconds} ms</span>
      </div>
      {answer.ok ? <AnswerBody body={answer.body} /> : <ErrorNotice error={answer.error} />}
    </div>
  );
}

function AnswerBody({ body }: { body: unknown }) {
  if (body instanceof Blob) return <FileAnswer file={body} />;
  return body === undefined ? (
    <p className="pc-muted">The answer has no body.</p>
  ) : (
    <JsonBlock value={body} label="Answer" data-testid="request-answer-body" />
  );
}

const size = new Intl.NumberFormat("en", { style: "unit", unit: "byte", unitDisplay: "long" });

/** The provider's own bytes, to save. */
function FileAnswer({ file }: { file: Blob }) {
  const [address, setAddress] = useState<string>();
  useEffect(() => {
    const made = URL.createObjectURL(file);
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [file]);
  return (
    <p className="answer-file" data-testid="request-answer-file">
      <span>
        {file.type || "Unknown type"}, {size.format(file.size)}
      </span>
      <a className="pc-button" href={address} download="answer">
        <Download aria-hidden="true" /> Save
      </a>
    </p>
  );
}

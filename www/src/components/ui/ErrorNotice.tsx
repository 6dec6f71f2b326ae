// An error: what it is called, what happened, and what the platform knows about it.
import { CircleAlert, X } from "lucide-react";
import type { ShownError } from "../../sdk/errors";
import { IconButton } from "./IconButton";
import { JsonBlock } from "./JsonBlock";

type ErrorNoticeProps = {
  error: ShownError;
  actions?: React.ReactNode;
  onDismiss?: () => void;
};

export function ErrorNotice({ error, actions, onDismiss }: ErrorNoticeProps) {
  const facts = [
    error.code && ["Code", error.code],
    error.platformCode != null && ["Platform code", String(error.platformCode)],
    error.status !== undefined && ["Status", String(error.status)],
    error.requestId && ["Request", error.requestId],
    error.retryable && ["Retry", "may help"],
  ].filter((fact): fact is [string, string] => Boolean(fact));

  return (
    <div className="notice notice-bad" role="alert" data-testid="error" data-error-name={error.name}>
      <CircleAlert className="notice-icon" aria-hidden="true" />
      <div className="notice-body">
        <p className="notice-title">{error.name}</p>
        <p>{error.message}</p>
        {facts.length > 0 && (
          <dl className="facts">
            {facts.map(([label, value]) => (
              <div key={label}>
                <dt>{label}</dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
        )}
        {hasContent(error.details) && (
          <details className="details">
            <summary>Details</summary>
            <JsonBlock value={error.details} label="Error details" />
          </details>
        )}
        {actions && <div className="notice-actions">{actions}</div>}
      </div>
      {onDismiss && (
        <IconButton label="Dismiss" onPress={onDismiss}>
          <X />
        </IconButton>
      )}
    </div>
  );
}

function hasContent(details: unknown): boolean {
  return details !== null && typeof details === "object" && Object.keys(details).length > 0;
}

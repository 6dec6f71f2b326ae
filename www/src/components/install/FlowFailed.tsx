// The flow cannot go on by itself: says why, and begins the failed step again on a click.
import { AppWindow, CircleSlash, Clock, type LucideIcon } from "lucide-react";
import type { ShownError } from "../../sdk/errors";
import { Button } from "../ui/Button";
import { ErrorNotice } from "../ui/ErrorNotice";

type Explanation = { icon: LucideIcon; title: string; text: string; again?: string };

/** What the user of the product reads; the notice below it is for its developer. */
const EXPLANATIONS: Record<string, Explanation> = {
  OAuthBlockedError: {
    icon: AppWindow,
    title: "Your browser blocked the window",
    text: "Continue with a click, or allow pop-ups for this page.",
    again: "Click to continue",
  },
  OAuthPopupClosedError: {
    icon: AppWindow,
    title: "The window was closed",
    text: "The account was not connected. You can open the window again.",
  },
  OAuthDeniedError: {
    icon: CircleSlash,
    title: "Access was not granted",
    text: "Allow access in the window to connect the account.",
  },
  OAuthTimeoutError: {
    icon: Clock,
    title: "That took too long",
    text: "The window was closed. You can open it again.",
  },
};

type FlowFailedProps = {
  error: ShownError;
  onRetry: () => void;
  /** Back to the details that were filled in, if there were any. */
  onBack: (() => void) | null;
  onCancel: () => void;
};

export function FlowFailed({ error, onRetry, onBack, onCancel }: FlowFailedProps) {
  const explanation = EXPLANATIONS[error.name];
  return (
    <>
      <div className="dialog-body">
        {explanation && (
          <div className="stage-wait">
            <explanation.icon className="stage-wait-icon" aria-hidden="true" />
            <p className="stage-wait-title">{explanation.title}</p>
            <p className="muted">{explanation.text}</p>
          </div>
        )}
        <ErrorNotice error={error} />
      </div>
      <footer className="dialog-foot">
        <Button onPress={onCancel}>Cancel</Button>
        {onBack && <Button onPress={onBack}>Change details</Button>}
        <Button look="primary" onPress={onRetry} data-testid="retry">
          {explanation?.again ?? "Try again"}
        </Button>
      </footer>
    </>
  );
}

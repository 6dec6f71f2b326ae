// What the install flow shows when there is nothing to fill in: waiting, done, failed.
import type { ReactElement } from "react";
import { useTexts } from "../context.js";
import type { ShownError } from "../errors.js";
import { fill, type Texts } from "../texts/index.js";
import { Button } from "../ui/Button.js";
import { ErrorNotice } from "../ui/ErrorNotice.js";
import { Icon, type IconName } from "../ui/icons.js";
import { Spinner } from "../ui/Spinner.js";

export function Preparing(): ReactElement {
  const { preparing } = useTexts();
  return (
    <div className="pc-wait">
      <Spinner label={preparing} size={28} />
      <p className="pc-muted">{preparing}</p>
    </div>
  );
}

/** The provider's window is open. */
export function OAuthWaiting({ name, onCancel }: { name: string; onCancel: () => void }): ReactElement {
  const texts = useTexts();
  const title = fill(texts.waitingTitle, { name });
  return (
    <>
      <div className="pc-dialog-body pc-wait">
        <Spinner label={title} size={32} />
        <p className="pc-wait-title">{title}</p>
        <p className="pc-muted">{texts.waitingText}</p>
      </div>
      <footer className="pc-dialog-foot">
        <Button onPress={onCancel}>{texts.cancel}</Button>
      </footer>
    </>
  );
}

/** The account is connected. */
export function FlowComplete({ name, onClose }: { name: string; onClose: () => void }): ReactElement {
  const texts = useTexts();
  return (
    <>
      <div className="pc-dialog-body pc-wait">
        <Icon name="circleCheck" className="pc-wait-icon pc-wait-good" />
        <p className="pc-wait-title">{fill(texts.completeTitle, { name })}</p>
        <p className="pc-muted">{texts.completeText}</p>
      </div>
      <footer className="pc-dialog-foot">
        <Button look="primary" onPress={onClose}>
          {texts.done}
        </Button>
      </footer>
    </>
  );
}

type Explanation = { icon: IconName; title: keyof Texts; text: keyof Texts; again?: keyof Texts };

/** What the user of the product reads; the notice below it is for its developer. */
const EXPLANATIONS = new Map<string, Explanation>([
  ["OAuthBlockedError", { icon: "window", title: "blockedTitle", text: "blockedText", again: "blockedAgain" }],
  ["OAuthPopupClosedError", { icon: "window", title: "closedTitle", text: "closedText" }],
  ["OAuthDeniedError", { icon: "slash", title: "deniedTitle", text: "deniedText" }],
  ["OAuthTimeoutError", { icon: "clock", title: "timeoutTitle", text: "timeoutText" }],
]);

type FlowFailedProps = {
  error: ShownError;
  onRetry: () => void;
  /** Back to the details that were filled in, if there were any. */
  onBack: (() => void) | null;
  onCancel: () => void;
};

/** The flow cannot go on by itself: says why, and begins the failed step again on a click. */
export function FlowFailed({ error, onRetry, onBack, onCancel }: FlowFailedProps): ReactElement {
  const texts = useTexts();
  const explanation = EXPLANATIONS.get(error.name);
  return (
    <>
      <div className="pc-dialog-body">
        {explanation && (
          <div className="pc-wait">
            <Icon name={explanation.icon} className="pc-wait-icon" />
            <p className="pc-wait-title">{texts[explanation.title]}</p>
            <p className="pc-muted">{texts[explanation.text]}</p>
          </div>
        )}
        <ErrorNotice error={error} />
      </div>
      <footer className="pc-dialog-foot">
        <Button onPress={onCancel}>{texts.cancel}</Button>
        {onBack && <Button onPress={onBack}>{texts.changeDetails}</Button>}
        <Button look="primary" onPress={onRetry} data-testid="retry">
          {texts[explanation?.again ?? "tryAgain"]}
        </Button>
      </footer>
    </>
  );
}

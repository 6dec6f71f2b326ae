// An error: what happened, and what the platform knows about it.
import type { ReactElement, ReactNode } from "react";
import { useTexts } from "../context.js";
import type { ShownError } from "../errors.js";
import { IconButton } from "./Button.js";
import { Icon } from "./icons.js";

export type ErrorNoticeProps = {
  error: ShownError;
  /** Buttons. */
  actions?: ReactNode;
  onDismiss?: () => void;
};

export function ErrorNotice({ error, actions, onDismiss }: ErrorNoticeProps): ReactElement {
  const texts = useTexts();
  const facts = [error.code, error.status, error.requestId].filter((fact) => fact !== undefined && fact !== null && fact !== "");
  return (
    <div className="pc-notice pc-notice-bad" role="alert" data-testid="error" data-error-name={error.name}>
      <Icon name="warning" />
      <div className="pc-notice-body">
        <p>{error.message}</p>
        {facts.length > 0 && <p className="pc-facts">{facts.join(" · ")}</p>}
        {actions && <div className="pc-notice-actions">{actions}</div>}
      </div>
      {onDismiss && (
        <IconButton label={texts.dismiss} onPress={onDismiss}>
          <Icon name="close" />
        </IconButton>
      )}
    </div>
  );
}

type NoticeProps = { look: "warn" | "bad" | "info"; title?: string; children: ReactNode; actions?: ReactNode };

/** Something that people should know. Where it comes and goes, it stands in an element with the role `status` that stays. */
export function Notice({ look, title, children, actions }: NoticeProps): ReactElement {
  return (
    <div className={`pc-notice pc-notice-${look}`} role="note">
      <Icon name="warning" />
      <div className="pc-notice-body">
        {title && <p className="pc-notice-title">{title}</p>}
        <p>{children}</p>
        {actions && <div className="pc-notice-actions">{actions}</div>}
      </div>
    </div>
  );
}

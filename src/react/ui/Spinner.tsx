// Something is under way.
import type { ReactElement } from "react";
import { ProgressBar } from "react-aria-components";

export function Spinner({ label, size = 16 }: { label: string; size?: number }): ReactElement {
  return (
    <ProgressBar aria-label={label} isIndeterminate className="pc-spinner">
      <svg viewBox="0 0 24 24" width={size} height={size} aria-hidden="true">
        <circle cx="12" cy="12" r="9" className="pc-spinner-track" />
        <path d="M12 3a9 9 0 0 1 9 9" />
      </svg>
    </ProgressBar>
  );
}

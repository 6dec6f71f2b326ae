// A state in one word, with a dot so that colour is not all that says it.
import type { ReactElement, ReactNode } from "react";

export type BadgeTone = "good" | "warn" | "bad" | "neutral";

export function StatusBadge({ tone, children }: { tone: BadgeTone; children: ReactNode }): ReactElement {
  return <span className={`pc-badge pc-badge-${tone}`}>{children}</span>;
}

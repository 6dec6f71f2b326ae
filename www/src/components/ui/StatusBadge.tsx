// A state in one word, with a dot so that colour is not all that says it.
export type BadgeTone = "good" | "warn" | "bad" | "neutral" | "accent";

export function StatusBadge({ tone, children }: { tone: BadgeTone; children: React.ReactNode }) {
  return <span className={`badge badge-${tone}`}>{children}</span>;
}

// The state of an integration for the current user.
import type { ReactElement } from "react";
import { useTexts } from "../context.js";
import type { ConnectionStatus } from "../hooks/useIntegrations.js";
import { fill } from "../texts/index.js";
import { StatusBadge, type BadgeTone } from "../ui/StatusBadge.js";

const TONES: Record<ConnectionStatus, BadgeTone> = { connected: "good", "not-connected": "neutral", pending: "warn", invalid: "bad" };

export function ConnectionBadge({ status, accounts = 0 }: { status: ConnectionStatus; accounts?: number }): ReactElement {
  const texts = useTexts();
  const names: Record<ConnectionStatus, string> = {
    connected: accounts > 1 ? fill(texts.statusAccounts, { count: accounts }) : texts.statusConnected,
    "not-connected": texts.statusNotConnected,
    pending: texts.statusPending,
    invalid: texts.statusInvalid,
  };
  return <StatusBadge tone={TONES[status]}>{names[status]}</StatusBadge>;
}

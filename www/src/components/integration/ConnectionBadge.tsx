// The state of an integration for the current user.
import type { ConnectionStatus } from "../../sdk/useIntegrations";
import { StatusBadge, type BadgeTone } from "../ui/StatusBadge";

const LOOKS: Record<ConnectionStatus, { tone: BadgeTone; text: string }> = {
  connected: { tone: "good", text: "Connected" },
  "not-connected": { tone: "neutral", text: "Not connected" },
  pending: { tone: "warn", text: "Setup not finished" },
  invalid: { tone: "bad", text: "Needs attention" },
};

export function ConnectionBadge({ status, accounts = 0 }: { status: ConnectionStatus; accounts?: number }) {
  const { tone, text } = LOOKS[status];
  return <StatusBadge tone={tone}>{status === "connected" && accounts > 1 ? `${accounts} accounts` : text}</StatusBadge>;
}

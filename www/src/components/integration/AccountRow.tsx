// One account: who it is, whether it works, and what can be done with it.
import type { IConnectCredential } from "paragon-connect";
import { Avatar } from "../layout/Avatar";
import { Button } from "../ui/Button";
import { StatusBadge, type BadgeTone } from "../ui/StatusBadge";
import { accountDetails, accountName } from "./accountName";

const LOOKS: Record<string, { tone: BadgeTone; text: string; again: string }> = {
  VALID: { tone: "good", text: "Active", again: "Reconnect" },
  PENDING: { tone: "warn", text: "Setup not finished", again: "Finish setup" },
  INVALID: { tone: "bad", text: "Access lost", again: "Reconnect" },
};
const UNKNOWN = { tone: "neutral" as const, text: "Unknown", again: "Reconnect" };

type AccountRowProps = {
  credential: IConnectCredential;
  onConnectAgain: () => void;
  onDisconnect: () => void;
};

export function AccountRow({ credential, onConnectAgain, onDisconnect }: AccountRowProps) {
  const name = accountName(credential);
  const { tone, text, again } = LOOKS[credential.status] ?? UNKNOWN;
  return (
    <div className="account" data-testid={`account-${credential.id}`} data-status={credential.status}>
      <Avatar name={name} />
      <div className="account-text">
        <span className="account-name">{name}</span>
        <span className="account-detail">
          {accountDetails(credential).map((detail) => (
            <span key={detail}>{detail}</span>
          ))}
          <span>{connectedSince(credential.dateCreated)}</span>
        </span>
      </div>
      <StatusBadge tone={tone}>{text}</StatusBadge>
      <div className="account-actions">
        <Button
          size="small"
          look={tone === "good" ? "secondary" : "primary"}
          onPress={onConnectAgain}
          aria-label={`${again}: ${name}`}
          data-testid={`reconnect-${credential.id}`}
        >
          {again}
        </Button>
        <Button
          size="small"
          look="quiet"
          onPress={onDisconnect}
          aria-label={`Disconnect: ${name}`}
          data-testid={`disconnect-${credential.id}`}
        >
          Disconnect
        </Button>
      </div>
    </div>
  );
}

const day = new Intl.DateTimeFormat(undefined, { dateStyle: "medium" });

function connectedSince(dateCreated: Date): string {
  const date = new Date(dateCreated);
  return Number.isNaN(date.getTime()) ? "" : `since ${day.format(date)}`;
}

// One account: who it is, whether it works, and what can be done with it.
import type { IConnectCredential } from "paragon-connect";
import { useMemo, type ReactElement } from "react";
import { useLanguage, useTexts } from "../context.js";
import { fill, type Texts } from "../texts/index.js";
import { Button } from "../ui/Button.js";
import { StatusBadge, type BadgeTone } from "../ui/StatusBadge.js";
import { accountDetails, accountName } from "./accountName.js";

type Look = { tone: BadgeTone; text: keyof Texts; again: keyof Texts };
const LOOKS = new Map<string, Look>([
  ["VALID", { tone: "good", text: "accountValid", again: "reconnect" }],
  ["PENDING", { tone: "warn", text: "accountPending", again: "finishSetup" }],
  ["INVALID", { tone: "bad", text: "accountInvalid", again: "reconnect" }],
]);
const UNKNOWN: Look = { tone: "neutral", text: "accountUnknown", again: "reconnect" };

type AccountRowProps = {
  credential: IConnectCredential;
  onConnectAgain: () => void;
  onDisconnect: () => void;
};

export function AccountRow({ credential, onConnectAgain, onDisconnect }: AccountRowProps): ReactElement {
  const texts = useTexts();
  const since = useSince(credential.dateCreated);
  const name = accountName(credential);
  const { tone, text, again } = LOOKS.get(credential.status) ?? UNKNOWN;
  return (
    <div className="pc-account" data-testid={`account-${credential.id}`} data-status={credential.status}>
      <span className="pc-avatar" aria-hidden="true">
        {name.charAt(0).toUpperCase()}
      </span>
      <div className="pc-account-text">
        <span className="pc-account-name">{name}</span>
        <span className="pc-account-detail">
          {[...accountDetails(credential), since].filter(Boolean).map((detail) => (
            <bdi key={detail}>{detail}</bdi>
          ))}
        </span>
      </div>
      <StatusBadge tone={tone}>{texts[text]}</StatusBadge>
      <div className="pc-account-actions">
        <Button
          size="small"
          look={tone === "good" ? "secondary" : "primary"}
          onPress={onConnectAgain}
          aria-label={`${texts[again]}: ${name}`}
          data-testid={`reconnect-${credential.id}`}
        >
          {texts[again]}
        </Button>
        <Button
          size="small"
          look="quiet"
          onPress={onDisconnect}
          aria-label={`${texts.disconnect}: ${name}`}
          data-testid={`disconnect-${credential.id}`}
        >
          {texts.disconnect}
        </Button>
      </div>
    </div>
  );
}

function useSince(dateCreated: Date): string {
  const locale = useLanguage();
  const texts = useTexts();
  const day = useMemo(() => new Intl.DateTimeFormat(locale, { dateStyle: "medium" }), [locale]);
  const date = new Date(dateCreated);
  // In one line: a year of its own says nothing.
  return Number.isNaN(date.getTime()) ? "" : fill(texts.accountSince, { date: day.format(date) }).replaceAll(" ", "\u00a0");
}

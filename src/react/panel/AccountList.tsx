// The accounts that the user has connected.
import type { IConnectCredential } from "paragon-connect";
import { useState, type ReactElement } from "react";
import { useTexts } from "../context.js";
import { useDisconnect } from "../hooks/useDisconnect.js";
import type { Integration } from "../hooks/useIntegrations.js";
import { accountName } from "./accountName.js";
import { AccountRow } from "./AccountRow.js";
import { DisconnectDialog } from "./DisconnectDialog.js";

export type AccountListProps = {
  integration: Integration;
  onConnectAgain: (credentialId: string) => void;
};

/** Rows of accounts, with reconnecting, and disconnecting after a question. */
export function AccountList({ integration, onConnectAgain }: AccountListProps): ReactElement {
  const texts = useTexts();
  const { busy, error, disconnect, clearError } = useDisconnect(integration.type);
  const [asked, setAsked] = useState<IConnectCredential | null>(null);

  return (
    <>
      <ul className="pc-accounts" aria-label={texts.accounts}>
        {integration.accounts.map((credential) => (
          <li key={credential.id}>
            <AccountRow
              credential={credential}
              onConnectAgain={() => onConnectAgain(credential.id)}
              onDisconnect={() => (clearError(), setAsked(credential))}
            />
          </li>
        ))}
      </ul>
      {asked && (
        <DisconnectDialog
          account={accountName(asked)}
          integration={integration.metadata.name}
          busy={busy}
          error={error}
          onConfirm={() => void disconnect(asked.id).then((done) => done && setAsked(null))}
          onClose={() => setAsked(null)}
        />
      )}
    </>
  );
}

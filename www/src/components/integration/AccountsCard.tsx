// The accounts that the user has connected.
import { Unplug } from "lucide-react";
import type { IConnectCredential } from "paragon-connect";
import { useState } from "react";
import { record } from "../../app/activity";
import { useDisconnect } from "../../sdk/useDisconnect";
import { EmptyState } from "../layout/EmptyState";
import { Card } from "../ui/Card";
import { ErrorNotice } from "../ui/ErrorNotice";
import { AccountRow } from "./AccountRow";
import { accountName } from "./accountName";
import { DisconnectDialog } from "./DisconnectDialog";

type AccountsCardProps = {
  type: string;
  name: string;
  accounts: IConnectCredential[];
  onConnectAgain: (credentialId: string) => void;
};

export function AccountsCard({ type, name, accounts, onConnectAgain }: AccountsCardProps) {
  const { busy, error, disconnect, clearError } = useDisconnect(type);
  const [asked, setAsked] = useState<IConnectCredential | null>(null);

  async function confirm(credential: IConnectCredential) {
    const done = await disconnect(credential.id);
    if (!done) record({ kind: "error", title: "Disconnect failed", subject: type });
    setAsked(null);
  }

  return (
    <Card title="Accounts">
      {error && <ErrorNotice error={error} onDismiss={clearError} />}
      {accounts.length > 0 ? (
        <ul className="accounts" aria-label="Connected accounts">
          {accounts.map((credential) => (
            <li key={credential.id}>
              <AccountRow
                credential={credential}
                onConnectAgain={() => onConnectAgain(credential.id)}
                onDisconnect={() => setAsked(credential)}
              />
            </li>
          ))}
        </ul>
      ) : (
        <EmptyState icon={<Unplug />} title="No account yet" text={`Connect ${name} to see its accounts here.`} />
      )}
      {asked && (
        <DisconnectDialog
          account={accountName(asked)}
          integration={name}
          busy={busy}
          onConfirm={() => void confirm(asked)}
          onClose={() => setAsked(null)}
        />
      )}
    </Card>
  );
}

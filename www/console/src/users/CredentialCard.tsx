// One credential: what it is, whether it works, and what can happen to it.
import { Button, StatusBadge } from "paragon-connect/react";
import { useId, useState } from "react";
import { JsonBlock } from "../../../src/components/ui/JsonBlock";
import { useAdmin, useDoing } from "../app/context";
import type { Configuration, Credential } from "../app/types";
import { useNow } from "../app/useNow";
import { CREDENTIAL_STATUS, dateTime } from "../app/words";
import { Confirm } from "../ui/Confirm";
import { Fact } from "../ui/Fact";
import { Trouble } from "../ui/Trouble";

type CredentialCardProps = {
  credential: Credential;
  /** Descriptions by id. */
  workflows: ReadonlyMap<string, string>;
  onChange: () => void;
};

export function CredentialCard({ credential, workflows, onChange }: CredentialCardProps) {
  const admin = useAdmin();
  const id = useId();
  const [isAsking, setAsking] = useState(false);
  const [told, setTold] = useState("");
  const { busy, error, run, dismiss } = useDoing();
  const name = credential.integration?.name ?? "An integration that is gone";
  const { tone, text } = CREDENTIAL_STATUS[credential.status];
  const path = `/credentials/${credential.id}`;

  async function act(work: () => Promise<unknown>, done: string) {
    setTold("");
    if (await run(work)) {
      setTold(done);
      onChange();
    }
  }

  return (
    <section className="credential" aria-labelledby={id} data-testid={`credential-${credential.id}`} data-status={credential.status}>
      <header className="credential-head">
        <span className="pc-icon-tile pc-icon-tile-40">
          <img src={`/integrations/${credential.integration?.key.replace(/^custom\./, "") ?? "none"}.svg`} alt="" width={26} height={26} />
        </span>
        <h4 id={id}>
          {name} <small className="pc-muted">{credential.providerId}</small>
        </h4>
        <StatusBadge tone={tone}>{text}</StatusBadge>
      </header>
      {error && <Trouble error={error} onDismiss={dismiss} />}
      <dl className="facts">
        <Fact name="Connected">{dateTime(credential.dateCreated)}</Fact>
        {credential.dateValidUntil && <Until at={credential.dateValidUntil} />}
        <Fact name="Token of">{dateTime(credential.dateRefreshed)}</Fact>
        {credential.refreshFailureCount > 0 && <Fact name="Failed renewals">{credential.refreshFailureCount}</Fact>}
        {credential.accountType && <Fact name="Account type">{credential.accountType}</Fact>}
        {credential.externalId && <Fact name="App’s id">{credential.externalId}</Fact>}
        <Fact name="Id">{credential.id}</Fact>
      </dl>
      {credential.configurations.map((one) => (
        <Settings key={one.id} configuration={one} workflows={workflows} isOnly={credential.configurations.length === 1} />
      ))}
      {Object.keys(credential.providerData).length > 0 && (
        <details className="details">
          <summary>What the provider told</summary>
          <JsonBlock value={credential.providerData} label={`What ${name} told`} />
        </details>
      )}
      <div className="credential-actions">
        <Button
          size="small"
          isBusy={busy}
          isDisabled={!credential.canExpire}
          onPress={() => void act(() => admin.ask(`${path}/expire`, { method: "POST" }), "The access token has ended: the next call renews it.")}
        >
          End the access token
        </Button>
        <Button
          size="small"
          isBusy={busy}
          isDisabled={!credential.canRevoke || credential.status === "INVALID"}
          onPress={() => void act(() => admin.ask(`${path}/revoke`, { method: "POST" }), "The provider takes it no more; the next call finds out.")}
        >
          Revoke at the provider
        </Button>
        <Button size="small" look="quiet" isBusy={busy} onPress={() => setAsking(true)}>
          Disconnect
        </Button>
      </div>
      <p className="told" role="status">
        {told}
      </p>
      {isAsking && (
        <Confirm
          title={`Disconnect ${name}?`}
          text="The credential and its settings are deleted, as when the user disconnects it."
          action="Disconnect"
          onClose={() => setAsking(false)}
          onConfirm={() => void act(() => admin.ask(path, { method: "DELETE" }), "")}
        />
      )}
    </section>
  );
}

function Until({ at }: { at: string }) {
  const hasEnded = useNow() >= Date.parse(at);
  return (
    <Fact name={hasEnded ? "Token ended" : "Token until"}>
      <span className={hasEnded ? "is-over" : undefined}>{dateTime(at)}</span>
    </Fact>
  );
}

function Settings({ configuration, workflows, isOnly }: { configuration: Configuration; workflows: ReadonlyMap<string, string>; isOnly: boolean }) {
  const { sharedSettings, workflowSettings, externalId, isDefault, id } = configuration;
  const on = Object.entries(workflowSettings).filter(([, { enabled }]) => enabled);
  const title = isOnly ? "Settings" : `Settings ${externalId ?? (isDefault ? "(default)" : id)}`;
  return (
    <details className="details">
      <summary>
        {title}: {on.length === 0 ? "no workflow on" : on.map(([workflow]) => workflows.get(workflow) ?? workflow).join(", ")}
      </summary>
      <JsonBlock value={{ shared: sharedSettings, workflows: Object.fromEntries(Object.entries(workflowSettings).map(([workflow, value]) => [workflows.get(workflow) ?? workflow, value])) }} label={title} />
    </details>
  );
}

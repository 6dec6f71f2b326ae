// One integration: connect it, its accounts, its settings, requests to it, and what it is.
import { ChevronLeft, SearchX, Unplug } from "lucide-react";
import { CredentialStatus } from "paragon-connect";
import {
  AccountList,
  Configuration,
  InstallDialog,
  IntegrationHead,
  Markdown,
  useInstallFlow,
  useIntegration,
  type Integration,
} from "paragon-connect/react";
import { record } from "../../app/activity";
import { catalogHref } from "../../app/router";
import { useTitle } from "../../app/useTitle";
import { EmptyState } from "../layout/EmptyState";
import { Card } from "../ui/Card";
import { RequestConsole } from "./RequestConsole";

export function IntegrationPage({ type }: { type: string }) {
  const integration = useIntegration(type);
  useTitle(integration?.metadata.name ?? type);
  return (
    <>
      <a className="back-link" href={catalogHref}>
        <ChevronLeft aria-hidden="true" />
        All integrations
      </a>
      {integration ? (
        <KnownIntegration integration={integration} />
      ) : (
        <EmptyState isPage icon={<SearchX />} title="No such integration" text={`This project has no active integration “${type}”.`} />
      )}
    </>
  );
}

function KnownIntegration({ integration }: { integration: Integration }) {
  const { type, metadata, accounts, config } = integration;
  const flow = useInstallFlow(type, {
    onStage: (stage) => record({ kind: "stage", title: `Stage: ${stage.stage}`, subject: type }),
    onComplete: () => record({ kind: "stage", title: "Stage: done", subject: type }),
    onError: (error, stage) =>
      record({ kind: "error", title: error.name, subject: type, details: { message: error.message, code: error.code, stage } }),
  });
  const [first, ...others] = accounts.filter((credential) => credential.status !== CredentialStatus.PENDING);
  const hasSettings = (config.availableUserSettings?.length ?? 0) + config.availableWorkflows.length > 0;

  return (
    <div className="stack">
      <IntegrationHead
        integration={integration}
        level={1}
        onConnect={() => flow.start(accounts.length > 0 ? { allowMultipleCredentials: true } : {})}
      />
      <Card title="Accounts">
        {accounts.length > 0 ? (
          <AccountList integration={integration} onConnectAgain={(id) => flow.start({ selectedCredentialId: id })} />
        ) : (
          <EmptyState icon={<Unplug />} title="No account yet" text={`Connect ${metadata.name} to see its accounts here.`} />
        )}
      </Card>
      {first && hasSettings && (
        <Card title="Configuration">
          <Configuration integration={integration} />
        </Card>
      )}
      {first && <RequestConsole type={type} name={metadata.name} accounts={[first, ...others]} />}
      {config.longDescription && (
        <Card title="About">
          <Markdown>{config.longDescription}</Markdown>
        </Card>
      )}
      <InstallDialog flow={flow} integration={integration} />
    </div>
  );
}

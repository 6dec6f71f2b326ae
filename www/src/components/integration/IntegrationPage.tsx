// One integration: connect it, its accounts, requests to it, and what it is.
import { ChevronLeft, SearchX } from "lucide-react";
import { CredentialStatus, paragon } from "paragon-connect";
import { record } from "../../app/activity";
import { catalogHref } from "../../app/router";
import { useTitle } from "../../app/useTitle";
import { useInstallFlow } from "../../sdk/useInstallFlow";
import { useIntegration, type Integration } from "../../sdk/useIntegrations";
import { InstallDialog } from "../install/InstallDialog";
import { EmptyState } from "../layout/EmptyState";
import { Card } from "../ui/Card";
import { MarkdownText } from "../ui/Markdown";
import { AccountsCard } from "./AccountsCard";
import { IntegrationHead } from "./IntegrationHead";
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
  const { metadata, state } = integration;
  const { type } = metadata;
  const config = paragon.getIntegrationConfig(type);
  const flow = useInstallFlow({
    onStage: (subject, stage) => record({ kind: "stage", title: `Stage: ${stage.stage}`, subject }),
    onComplete: (event) => record({ kind: "stage", title: "Stage: done", subject: event.integrationType }),
    onError: (subject, error, stage) =>
      record({ kind: "error", title: error.name, subject, details: { message: error.message, code: error.code, stage } }),
  });
  const accounts = state?.allCredentials ?? [];
  const [first, ...others] = accounts.filter((credential) => credential.status !== CredentialStatus.PENDING);

  return (
    <div className="stack">
      <IntegrationHead
        integration={integration}
        description={config.shortDescription}
        connectLabel={accounts.length > 0 ? "Add another account" : "Connect"}
        onConnect={() => flow.start(type, accounts.length > 0 ? { allowMultipleCredentials: true } : {})}
      />
      <AccountsCard type={type} name={metadata.name} accounts={accounts} onConnectAgain={(id) => flow.start(type, { selectedCredentialId: id })} />
      {first && <RequestConsole type={type} name={metadata.name} accounts={[first, ...others]} />}
      {config.longDescription && (
        <Card title="About">
          <MarkdownText>{config.longDescription}</MarkdownText>
        </Card>
      )}
      <InstallDialog flow={flow} metadata={metadata} accounts={accounts} />
    </div>
  );
}

// The head of an integration's page: what it is, its state, and the button that connects it.
import { Plus, Plug } from "lucide-react";
import type { Integration } from "../../sdk/useIntegrations";
import { Button } from "../ui/Button";
import { IntegrationIcon } from "../ui/IntegrationIcon";
import { ConnectionBadge } from "./ConnectionBadge";

type IntegrationHeadProps = {
  integration: Integration;
  description?: string;
  connectLabel: string;
  onConnect: () => void;
};

export function IntegrationHead({ integration, description, connectLabel, onConnect }: IntegrationHeadProps) {
  const { metadata, state, status } = integration;
  const isFirst = status === "not-connected";
  return (
    <div className="integration-head">
      <IntegrationIcon metadata={metadata} size={56} />
      <div className="integration-head-text">
        <div className="integration-head-title">
          <h1>{metadata.name}</h1>
          <ConnectionBadge status={status} accounts={state?.allCredentials.length} />
        </div>
        {description && <p className="muted">{description}</p>}
      </div>
      <Button look={isFirst ? "primary" : "secondary"} onPress={onConnect} data-testid="connect-button">
        {isFirst ? <Plug aria-hidden="true" /> : <Plus aria-hidden="true" />}
        {connectLabel}
      </Button>
    </div>
  );
}

// One integration in the catalog; the whole card leads to its page.
import { ChevronRight } from "lucide-react";
import { paragon } from "paragon-connect";
import { integrationHref } from "../../app/router";
import type { Integration } from "../../sdk/useIntegrations";
import { ConnectionBadge } from "../integration/ConnectionBadge";
import { IntegrationIcon } from "../ui/IntegrationIcon";

export function IntegrationCard({ integration }: { integration: Integration }) {
  const { metadata, state, status } = integration;
  const { shortDescription } = paragon.getIntegrationConfig(metadata.type);
  return (
    <a
      className="integration-card"
      href={integrationHref(metadata.type)}
      data-testid={`integration-${metadata.type}`}
      data-status={status}
    >
      <IntegrationIcon metadata={metadata} />
      <span className="integration-card-text">
        <span className="integration-card-name">{metadata.name}</span>
        {shortDescription && <span className="integration-card-description">{shortDescription}</span>}
      </span>
      <span className="integration-card-foot">
        <ConnectionBadge status={status} accounts={state?.allCredentials.length ?? 0} />
        <ChevronRight aria-hidden="true" />
      </span>
    </a>
  );
}

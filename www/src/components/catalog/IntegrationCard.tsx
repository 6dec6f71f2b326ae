// One integration in the catalog; the whole card leads to its page.
import { ChevronRight } from "lucide-react";
import { ConnectionBadge, IntegrationIcon, type Integration } from "paragon-connect/react";
import { integrationHref } from "../../app/router";

export function IntegrationCard({ integration }: { integration: Integration }) {
  const { metadata, config, accounts, status } = integration;
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
        {config.shortDescription && <span className="integration-card-description">{config.shortDescription}</span>}
      </span>
      <span className="integration-card-foot">
        <ConnectionBadge status={status} accounts={accounts.length} />
        <ChevronRight aria-hidden="true" />
      </span>
    </a>
  );
}

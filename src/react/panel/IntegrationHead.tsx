// What an integration is, its state, and the button that connects it.
import type { ReactElement, ReactNode } from "react";
import { useTexts } from "../context.js";
import type { Integration } from "../hooks/useIntegrations.js";
import { Button } from "../ui/Button.js";
import { Icon } from "../ui/icons.js";
import { IntegrationIcon } from "../ui/IntegrationIcon.js";
import { ConnectionBadge } from "./ConnectionBadge.js";

export type IntegrationHeadProps = {
  integration: Integration;
  /** Without it there is no button. */
  onConnect?: () => void;
  /** How deep the name stands among the page's headings. */
  level?: 1 | 2;
  /** Beside the button, such as one that closes. */
  actions?: ReactNode;
};

export function IntegrationHead({ integration, onConnect, level = 2, actions }: IntegrationHeadProps): ReactElement {
  const texts = useTexts();
  const { metadata, config, status, accounts } = integration;
  const isFirst = accounts.length === 0;
  const Title = level === 1 ? "h1" : "h2";
  return (
    <div className="pc-head">
      <IntegrationIcon metadata={metadata} size={56} />
      <div className="pc-head-text">
        <div className="pc-head-title">
          <Title>{metadata.name}</Title>
          <ConnectionBadge status={status} accounts={accounts.length} />
        </div>
        {config.shortDescription && <p className="pc-muted">{config.shortDescription}</p>}
      </div>
      <div className="pc-head-actions">
        {onConnect && (
          <Button look={isFirst ? "primary" : "secondary"} onPress={onConnect} data-testid="connect-button">
            <Icon name={isFirst ? "plug" : "plus"} />
            {isFirst ? texts.connect : texts.connectAnother}
          </Button>
        )}
        {actions}
      </div>
    </div>
  );
}

// Everything of one integration: head, accounts, and the tabs Overview and Configuration.
import { useState, type ReactElement, type ReactNode } from "react";
import { Tab, TabList, TabPanel, Tabs } from "react-aria-components";
import { useTexts } from "../context.js";
import { useInstallFlow, type InstallFlowHandlers, type InstallOptions } from "../hooks/useInstallFlow.js";
import { useIntegration, type Integration } from "../hooks/useIntegrations.js";
import { useUser } from "../hooks/useUser.js";
import { InstallDialog } from "../install/InstallDialog.js";
import { InstallStage } from "../install/InstallStage.js";
import { fill } from "../texts/index.js";
import { Button } from "../ui/Button.js";
import { Notice } from "../ui/ErrorNotice.js";
import { Icon } from "../ui/icons.js";
import { Markdown } from "../ui/Markdown.js";
import { useOnline } from "../ui/useOnline.js";
import { AccountList } from "./AccountList.js";
import { Configuration } from "./Configuration.js";
import { IntegrationHead } from "./IntegrationHead.js";
import { useKeptFocus } from "./useKeptFocus.js";

export type PanelView = "overview" | "configuration";

export type IntegrationPanelProps = {
  /** The integration's type, such as `"slack"`. */
  type: string;
  /** The tab that is shown first; without it Configuration once something is connected. */
  view?: PanelView;
  onViewChange?: (view: PanelView) => void;
  /** For every account that is connected here. */
  installOptions?: InstallOptions;
  selectedCredentialId?: string;
  /** How deep the name stands among the page's headings. */
  level?: 1 | 2;
  /** Beside the connect button. */
  actions?: ReactNode;
  /** What an install flow reports. */
  handlers?: InstallFlowHandlers;
  /** True: an install flow takes the place of the panel, for panels that are in a dialog already. */
  inPlace?: boolean;
};

export function IntegrationPanel({ type, ...rest }: IntegrationPanelProps): ReactElement {
  const texts = useTexts();
  const user = useUser();
  const integration = useIntegration(type);
  if (!user.authenticated) return <p className="pc-empty">{texts.signedOut}</p>;
  if (!integration) return <p className="pc-empty">{fill(texts.missing, { type })}</p>;
  return <KnownIntegration key={type} integration={integration} {...rest} />;
}

type KnownProps = Omit<IntegrationPanelProps, "type"> & { integration: Integration };

function KnownIntegration({ integration, view, onViewChange, installOptions, selectedCredentialId, level, actions, handlers, inPlace }: KnownProps): ReactElement {
  const texts = useTexts();
  const isOnline = useOnline();
  const flow = useInstallFlow(integration.type, handlers);
  const { config, accounts, status, metadata } = integration;
  const isConnected = accounts.some((account) => account.status !== "PENDING");
  const [chosen, setChosen] = useState<PanelView | undefined>(view);
  const shown = chosen ?? (isConnected ? "configuration" : "overview");
  const name = metadata.name;
  const ref = useKeptFocus<HTMLDivElement>(accounts.length);
  const isInstalling = inPlace === true && flow.state.phase !== "idle";

  return (
    <div ref={ref} tabIndex={-1} className="pc-panel" data-testid="integration-panel" data-status={status}>
      <IntegrationHead
        integration={integration}
        level={level}
        actions={actions}
        onConnect={accounts.length === 0 && !isInstalling ? () => flow.start(installOptions) : undefined}
      />
      {inPlace && <InstallStage flow={flow} integration={integration} />}
      <div className="pc-notices" role="status">
        {!isOnline && <Notice look="warn">{texts.offline}</Notice>}
        {status === "invalid" && !isInstalling && (
          <Notice look="bad" title={fill(texts.invalidTitle, { name })}>
            {texts.invalidText}
          </Notice>
        )}
        {status === "pending" && !isInstalling && (
          <Notice look="warn" title={texts.pendingTitle}>
            {fill(texts.pendingText, { name })}
          </Notice>
        )}
      </div>
      {accounts.length > 0 && !isInstalling && (
        <div>
          <AccountList integration={integration} onConnectAgain={(id) => flow.start({ ...installOptions, selectedCredentialId: id })} />
          <div className="pc-another">
            <Button
              look="quiet"
              size="small"
              onPress={() => flow.start({ ...installOptions, allowMultipleCredentials: true })}
              data-testid="connect-button"
            >
              <Icon name="plus" />
              {texts.connectAnother}
            </Button>
          </div>
        </div>
      )}
      {!isInstalling && (
        <Tabs
          className="pc-tabs"
          selectedKey={shown}
          onSelectionChange={(key) => {
            setChosen(key as PanelView);
            onViewChange?.(key as PanelView);
          }}
        >
          <TabList className="pc-tab-list" aria-label={name}>
            <Tab id="overview" className="pc-tab">
              {texts.overview}
            </Tab>
            <Tab id="configuration" className="pc-tab">
              {texts.configuration}
            </Tab>
          </TabList>
          <TabPanel id="overview" className="pc-tab-panel">
            {config.longDescription ? <Markdown>{config.longDescription}</Markdown> : <p className="pc-empty">{texts.noOverview}</p>}
          </TabPanel>
          <TabPanel id="configuration" className="pc-tab-panel">
            <Configuration integration={integration} selectedCredentialId={selectedCredentialId} />
          </TabPanel>
        </Tabs>
      )}
      {!inPlace && <InstallDialog flow={flow} integration={integration} />}
    </div>
  );
}

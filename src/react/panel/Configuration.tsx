// What a connected integration is set to: integration settings, then workflows; of one account at a time.
import { useState, type ReactElement } from "react";
import { useElementId } from "../compat.js";
import { useTexts } from "../context.js";
import type { Integration } from "../hooks/useIntegrations.js";
import { fill } from "../texts/index.js";
import { AccountChoice } from "./AccountChoice.js";
import { SettingsForm } from "./SettingsForm.js";
import { WorkflowList } from "./WorkflowList.js";

export type ConfigurationProps = {
  integration: Integration;
  /** The account that is shown first. */
  selectedCredentialId?: string;
};

export function Configuration({ integration, selectedCredentialId }: ConfigurationProps): ReactElement {
  const texts = useTexts();
  const settingsId = useElementId();
  const workflowsId = useElementId();
  const [wanted, setWanted] = useState(selectedCredentialId);
  const { config, state, metadata } = integration;
  const usable = integration.accounts.filter(({ status }) => status !== "PENDING");
  const account = usable.find(({ id }) => id === wanted) ?? usable.find(({ id }) => id === state?.credentialId) ?? usable[0];
  const hasSettings = (config.availableUserSettings?.length ?? 0) > 0;
  const hasWorkflows = config.availableWorkflows.length > 0;

  if (!account) return <p className="pc-empty">{fill(texts.connectFirst, { name: metadata.name })}</p>;
  if (!hasSettings && !hasWorkflows) return <p className="pc-empty">{fill(texts.noSettings, { name: metadata.name })}</p>;
  return (
    <div className="pc-configuration">
      {usable.length > 1 && <AccountChoice accounts={usable} value={account.id} onChange={setWanted} />}
      {hasSettings && (
        <section aria-labelledby={settingsId}>
          <h3 id={settingsId}>{texts.settings}</h3>
          <SettingsForm key={account.id} type={integration.type} selectedCredentialId={account.id} />
        </section>
      )}
      {hasWorkflows && (
        <section aria-labelledby={workflowsId}>
          <h3 id={workflowsId}>{texts.workflows}</h3>
          <WorkflowList integration={integration} selectedCredentialId={account.id} />
        </section>
      )}
    </div>
  );
}

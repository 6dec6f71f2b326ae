// Workflows of an integration: a switch for each, and its settings while it is on.
import type { IntegrationWorkflowMeta } from "paragon-connect";
import type { ReactElement } from "react";
import { Switch } from "react-aria-components";
import { useElementId } from "../compat.js";
import type { Integration } from "../hooks/useIntegrations.js";
import { useWorkflow } from "../hooks/useWorkflow.js";
import { ErrorNotice } from "../ui/ErrorNotice.js";
import { SettingsForm } from "./SettingsForm.js";

export type WorkflowListProps = {
  integration: Integration;
  selectedCredentialId?: string;
};

export function WorkflowList({ integration, selectedCredentialId }: WorkflowListProps): ReactElement {
  return (
    <ul className="pc-workflows">
      {integration.config.availableWorkflows.map((workflow) => (
        <li key={`${selectedCredentialId} ${workflow.id}`}>
          <Workflow type={integration.type} workflow={workflow} selectedCredentialId={selectedCredentialId} />
        </li>
      ))}
    </ul>
  );
}

type WorkflowProps = {
  type: string;
  workflow: Pick<IntegrationWorkflowMeta, "id" | "description" | "infoText" | "inputs">;
  selectedCredentialId?: string;
};

function Workflow({ type, workflow, selectedCredentialId }: WorkflowProps): ReactElement {
  const infoId = useElementId();
  const { isOn, busy, error, setOn } = useWorkflow(type, workflow.id, selectedCredentialId);
  return (
    <div className="pc-workflow" data-testid={`workflow-${workflow.id}`} data-on={isOn}>
      <Switch
        className="pc-switch pc-switch-end"
        isSelected={isOn}
        onChange={(on) => void setOn(on)}
        aria-disabled={busy}
        aria-describedby={workflow.infoText ? infoId : undefined}
      >
        <span className="pc-switch-text">{workflow.description ?? workflow.id}</span>
        <span className="pc-switch-track" aria-hidden="true" />
      </Switch>
      {workflow.infoText && (
        <p id={infoId} className="pc-help">
          {workflow.infoText}
        </p>
      )}
      {error && <ErrorNotice error={error} />}
      {isOn && !busy && <SettingsForm type={type} workflowId={workflow.id} selectedCredentialId={selectedCredentialId} saveAsChanged />}
    </div>
  );
}

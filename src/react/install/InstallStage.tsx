// Chooses what to show for the state of the install flow.
import type { ReactElement } from "react";
import { useTexts } from "../context.js";
import type { InstallFlowControls } from "../hooks/useInstallFlow.js";
import type { Integration } from "../hooks/useIntegrations.js";
import { fill } from "../texts/index.js";
import { AccountTypeForm } from "./AccountTypeForm.js";
import { FlowComplete, FlowFailed, OAuthWaiting, Preparing } from "./endings.js";
import { InstructionPanel } from "./InstructionPanel.js";
import { OptionsForm } from "./OptionsForm.js";
import { useStageFocus } from "./useStageFocus.js";

export type InstallStageProps = { flow: InstallFlowControls; integration: Integration };

/**
 * The stage that an install flow is at, without a dialog around it. Empty while the flow is idle; kept on the page then, it is a
 * place whose changes assistive technology announces.
 */
export function InstallStage({ flow, integration }: InstallStageProps): ReactElement {
  const { state } = flow;
  const stageName = state.phase === "active" ? state.stage.stage : state.phase;
  const ref = useStageFocus<HTMLDivElement>(stageName);
  return (
    <div ref={ref} tabIndex={-1} className="pc-stage" data-testid="stage" data-stage={stageName} aria-live="polite">
      <StageContent key={stageName} flow={flow} integration={integration} />
    </div>
  );
}

function StageContent({ flow, integration }: InstallStageProps): ReactElement | null {
  const { state } = flow;
  const texts = useTexts();
  const { name, type } = integration.metadata;
  switch (state.phase) {
    case "idle":
      return null;
    case "starting":
      return <Preparing />;
    case "failed":
      return <FlowFailed error={state.error} onRetry={flow.retry} onBack={flow.back} onCancel={flow.close} />;
    case "complete":
      return <FlowComplete name={name} onClose={flow.close} />;
    case "active":
      break;
  }

  const { stage, busy, error } = state;
  switch (stage.stage) {
    case "accountType":
      return <AccountTypeForm options={stage.options} busy={busy} error={error} onSubmit={flow.setAccountType} />;
    case "instruction":
      return <InstructionPanel stage={stage} busy={busy} error={error} onFinish={flow.finishInstruction} />;
    case "oauth":
      return <OAuthWaiting name={name} onCancel={flow.close} />;
    case "preOptions":
      return (
        <OptionsForm
          intro={fill(texts.preOptionsIntro, { name })}
          submitLabel={texts.continue}
          inputs={stage.options}
          integration={type}
          busy={busy}
          error={error}
          onSubmit={flow.setPreOptions}
        />
      );
    case "postOptions":
      return (
        <OptionsForm
          intro={texts.postOptionsIntro}
          submitLabel={texts.finish}
          inputs={stage.options}
          integration={type}
          selectedCredentialId={state.options.selectedCredentialId ?? pendingAccount(integration)}
          busy={busy}
          error={error}
          onSubmit={flow.setPostOptions}
        />
      );
  }
}

/** The account that the flow has just made: the last one that is not finished. */
function pendingAccount({ accounts }: Integration): string | undefined {
  return [...accounts].reverse().find((credential) => credential.status === "PENDING")?.id;
}

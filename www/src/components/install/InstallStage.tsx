// Chooses what to show for the state of the flow.
import type { IConnectCredential, IntegrationMetadata } from "paragon-connect";
import type { InstallFlowControls } from "../../sdk/useInstallFlow";
import { Spinner } from "../ui/Spinner";
import { AccountTypeForm } from "./AccountTypeForm";
import { FlowComplete } from "./FlowComplete";
import { FlowFailed } from "./FlowFailed";
import { InstructionPanel } from "./InstructionPanel";
import { OAuthWaiting } from "./OAuthWaiting";
import { OptionsForm } from "./OptionsForm";
import { useStageFocus } from "./useStageFocus";

type InstallStageProps = {
  flow: InstallFlowControls;
  metadata: IntegrationMetadata;
  accounts: IConnectCredential[];
};

export function InstallStage({ flow, metadata, accounts }: InstallStageProps) {
  const { state } = flow;
  const stageName = state.phase === "active" ? state.stage.stage : state.phase;
  const ref = useStageFocus<HTMLDivElement>(stageName);
  return (
    <div ref={ref} tabIndex={-1} className="stage" data-testid="stage" data-stage={stageName} aria-live="polite">
      <StageContent key={stageName} flow={flow} metadata={metadata} accounts={accounts} />
    </div>
  );
}

function StageContent({ flow, metadata, accounts }: InstallStageProps) {
  const { state } = flow;
  switch (state.phase) {
    case "idle":
      return null;
    case "starting":
      return (
        <div className="stage-wait">
          <Spinner label="Preparing" size={28} />
          <p className="muted">Preparing…</p>
        </div>
      );
    case "failed":
      return <FlowFailed error={state.error} onRetry={flow.retry} onBack={flow.back} onCancel={flow.close} />;
    case "complete":
      return <FlowComplete name={metadata.name} onClose={flow.close} />;
    case "active":
      break;
  }

  const { stage, busy, error } = state;
  switch (stage.stage) {
    case "accountType":
      return <AccountTypeForm options={stage.options} busy={busy} error={error} onSubmit={flow.setAccountType} />;
    case "instruction":
      return <InstructionPanel stage={stage} busy={busy} error={error} onFinish={flow.finishInstruction} />;
    case "preOptions":
      return (
        <OptionsForm
          intro={`${metadata.name} needs a few details before it can be connected.`}
          submitLabel="Continue"
          inputs={stage.options}
          integration={metadata.type}
          busy={busy}
          error={error}
          onSubmit={flow.setPreOptions}
        />
      );
    case "oauth":
      return <OAuthWaiting name={metadata.name} onCancel={flow.close} />;
    case "postOptions":
      return (
        <OptionsForm
          intro="The account is connected. Choose what to use it for."
          submitLabel="Finish"
          inputs={stage.options}
          integration={metadata.type}
          selectedCredentialId={state.target.options.selectedCredentialId ?? pendingAccount(accounts)}
          busy={busy}
          error={error}
          onSubmit={flow.setPostOptions}
        />
      );
  }
}

/** The account that the flow has just made: the last one that is not finished. */
function pendingAccount(accounts: IConnectCredential[]): string | undefined {
  return accounts.findLast((credential) => credential.status === "PENDING")?.id;
}

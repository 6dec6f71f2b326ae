// What an app writes with paragon-connect/react, held against the declarations: everything here compiles, and each
// `@ts-expect-error` does not.
import "paragon-connect/element";
import { createParagon, paragon, type IConnectCredential } from "paragon-connect";
import {
  accentStyle,
  AccountList,
  bundles,
  ConnectInput,
  InstallDialog,
  InstallStage,
  IntegrationPanel,
  ParagonProvider,
  SettingsForm,
  useFieldOptions,
  useInstallFlow,
  useIntegration,
  useIntegrations,
  useParagon,
  useSettings,
  useUser,
  useWorkflow,
  type ConnectInputProps,
  type InstallFlowState,
  type Integration,
  type ParagonLike,
  type Texts,
} from "paragon-connect/react";
import { useIntegrations as onlyTheHook } from "paragon-connect/react/hooks";
import { createElement, type ReactElement } from "react";

// Both SDK objects, and one of the app's own, stand where components ask for one.
const own: ParagonLike = { ...createParagon(), onStateChange: undefined };
const texts: Texts = { ...bundles["en"]!, connect: "Go" };

export function Settings(): ReactElement {
  const integrations: Integration[] = useIntegrations();
  const accounts: IConnectCredential[] = integrations.flatMap((one) => one.accounts);
  return (
    <ParagonProvider paragon={own} locale="de" texts={{ connect: "Jetzt verbinden" }}>
      <div style={accentStyle("#4a154b")}>{accounts.length}</div>
      {integrations.map(({ type, metadata }) => (
        <IntegrationPanel key={type} type={type} view="overview" handlers={{ onComplete: (event) => console.log(event.credentialId, metadata.name) }} />
      ))}
      {/* @ts-expect-error there is no such view */}
      <IntegrationPanel type="slack" view="settings" />
      {/* @ts-expect-error a type is needed */}
      <IntegrationPanel />
      {/* @ts-expect-error there is no such text */}
      <ParagonProvider texts={{ conect: "Connect" }} />
    </ParagonProvider>
  );
}

export function Connect({ type }: { type: string }): ReactElement | null {
  const integration = useIntegration(type);
  const flow = useInstallFlow(type, { onError: (error, stage) => console.error(error.message, error.code, stage) });
  const state: InstallFlowState = flow.state;
  if (state.phase === "failed") return <button onClick={flow.retry}>{state.error.message}</button>;
  // @ts-expect-error only a failed flow has an error of its own
  console.log(state.error.message);
  if (state.phase === "active" && state.stage.stage === "instruction") return <p>{state.stage.content}</p>;
  // @ts-expect-error integrations may be missing
  console.log(integration.metadata);
  return integration ? (
    <>
      <InstallStage flow={flow} integration={integration} />
      <InstallDialog flow={flow} integration={integration} />
      <AccountList integration={integration} onConnectAgain={(selectedCredentialId) => flow.start({ selectedCredentialId })} />
      <SettingsForm type={type} saveAsChanged />
    </>
  ) : null;
}

export function Form({ workflowId }: { workflowId: string }): ReactElement {
  const user = useUser();
  const settings = useSettings("slack", { workflowId, saveAsChanged: true });
  const workflow = useWorkflow("slack", workflowId);
  const channels = useFieldOptions({ integration: "slack", source: "channels", parameters: { kind: "public" } });
  const label: string | undefined = channels.choices[0]?.label;
  // @ts-expect-error nobody may be signed in
  console.log(user.userId);
  return (
    <>
      {settings.inputs.map((input) => (
        <ConnectInput key={input.id} input={input} value={settings.values[input.id]} onChange={(value) => settings.setValue(input, value)} integration="slack" />
      ))}
      <button disabled={workflow.busy} onClick={() => void workflow.setOn(!workflow.isOn)}>
        {label}
      </button>
    </>
  );
}

const props: ConnectInputProps = { input: { id: "a", title: "A", type: "NUMBER" }, value: undefined, onChange: () => {}, integration: "slack" };
createElement(ConnectInput, props);
void [paragon, texts, useParagon, onlyTheHook];

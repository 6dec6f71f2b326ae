// Ours can stand wherever the official types are asked for: everything here compiles.
import type * as official from "@useparagon/connect";
import type { IConnectIntegration as OfficialIntegration } from "@useparagon/connect/dist/src/entities/integration.interface";
import type * as ours from "paragon-connect";

// But for two things. The official install flow is a class with private members, which only itself can stand for. And a
// handler of errors whose argument is of the official type cannot take ours, which tell more kinds apart.
type StartOptions = Omit<official.StartOptions, "onError">;
type InstallFlow = Pick<official.IConnectSDK["installFlow"], Exclude<keyof official.IConnectSDK["installFlow"], "start">> & {
  start(integrationName: string, startOptions?: StartOptions): void;
};
type OfficialSDK = Omit<official.IConnectSDK, "installFlow"> & { installFlow: InstallFlow };

declare function give<T>(): T;

/** Each line: what the official types ask for, and what is given. */
export const given: [
  sdk: OfficialSDK,
  paragon: Omit<typeof official.paragon, "installFlow">,
  user: official.ConnectUser,
  authenticated: official.AuthenticatedConnectUser,
  input: official.IntegrationConnectInput,
  setting: official.SerializedConnectInput,
  sources: official.InputSources,
  source: official.DataSource,
  stage: official.InstallFlowStage,
  integration: OfficialIntegration,
  error: official.ConnectSDKError,
  picker: official.ExternalFilePickerConstruct,
  triggers: official.GetTriggerTypesResponse,
  config: official.IntegrationConfig,
  props: official.Props,
  permissions: official.OrConditions,
  keyed: official.KeyedSource<official.DataType.ANY>,
] = [
  give<ours.IConnectSDK>(),
  give<typeof ours.paragon>(),
  give<ours.ConnectUser>(),
  give<ours.AuthenticatedConnectUser>(),
  give<ours.IntegrationConnectInput>(),
  give<ours.SerializedConnectInput>(),
  give<ours.InputSources>(),
  give<ours.DataSource>(),
  give<ours.InstallFlowStage>(),
  give<ours.IConnectIntegration>(),
  give<ours.ConnectSDKError>(),
  give<ours.ExternalFilePickerConstruct>(),
  give<ours.GetTriggerTypesResponse>(),
  give<ours.IntegrationConfig>(),
  give<ours.Props>(),
  give<ours.OrConditions>(),
  give<ours.KeyedSource<ours.DataType.ANY>>(),
];

/** And what an app has built with the official types, ours take. */
export const taken: [
  connect: ours.ConnectParams,
  install: ours.InstallIntegrationOptions,
  start: ours.StartOptions,
  sources: ours.SetDataSourcesConfig,
  proxy: ours.ProxyRequestOptions,
  workflow: ours.TriggerWorkflowRequest,
  complete: ours.CompleteInstallOptions,
  keyed: ours.KeyedSource,
  trigger: ours.IntentInputKeyConfig,
  input: Omit<ours.IntegrationConnectInput, "subtitle">,
  picker: Omit<ours.FilePickerOptions, "integrationOptions">,
  pickerInit: ours.FilePickerInitOptions,
] = [
  give<official.ConnectParams>(),
  give<official.InstallIntegrationOptions>(),
  give<StartOptions>(),
  give<official.SetDataSourcesConfig>(),
  give<official.ProxyRequestOptions>(),
  give<official.TriggerWorkflowRequest>(),
  give<official.CompleteInstallOptions>(),
  give<official.KeyedSource<official.DataType.ANY>>(),
  give<official.IntentInputKeyConfig>(),
  give<Omit<official.IntegrationConnectInput, "subtitle">>(),
  give<official.FilePickerOptions>(),
  give<official.FilePickerInitOptions>(),
];

// That these checks can fail: what is missing, or of another type, is seen.
// @ts-expect-error `getUser` answers something else
export const wrong: OfficialSDK = give<Omit<ours.IConnectSDK, "getUser"> & { getUser(): string }>();
// @ts-expect-error a method is missing
export const missing: OfficialSDK = give<Omit<ours.IConnectSDK, "setDataSources">>();

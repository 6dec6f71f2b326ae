// What apps in public write. Compiled against the installed package under every module resolution.
import ConnectSDK, {
  CredentialStatus,
  DataSourceType,
  OAuthBlockedError,
  Operator,
  SDK_EVENT,
  SidebarInputType,
  connectSingleton,
  paragon,
} from "@useparagon/connect";
import type {
  AuthenticatedConnectUser,
  ConnectUser,
  InstallFlowStage,
  IntegrationInstallEvent,
  SerializedConnectInput,
  SetDataSourcesConfig,
} from "@useparagon/connect";
import ConnectClass, { InstallFlow } from "@useparagon/connect/ConnectSDK";
import type { IIntegrationMetadata, IntegrationMetadata } from "@useparagon/connect/dist/src/entities/integration.interface";

const own: ConnectSDK = new ConnectSDK("paragon.example", { skipBootstrapWithLastKnownState: true });
const same: ConnectClass = own;
const flow: InstallFlow = connectSingleton.installFlow;

const isValid = (user: ConnectUser, type: string): boolean =>
  user.authenticated && user.integrations[type]?.credentialStatus === CredentialStatus.VALID;

const metadata: IntegrationMetadata[] = paragon.getIntegrationMetadata();
const older: IIntegrationMetadata | undefined = metadata[0];

const stop = paragon.subscribe(SDK_EVENT.ON_INTEGRATION_INSTALL, (event: IntegrationInstallEvent, user: AuthenticatedConnectUser) =>
  console.log(event.integrationType, user.userId),
);
paragon.subscribe("onIntegrationUninstall", (event) => console.log(event.integrationId));
connectSingleton.unsubscribe("onPortalOpen", () => {});

paragon.connect("slack", {
  onSuccess: ({ integrationId }, user) => console.log(integrationId, user.meta.Email),
  onError: (error) => console.log(error.message),
  accountType: ["default", "bot"],
  selectedCredentialId: "ext:team",
  dropdowns: { projects: [{ label: "One", value: "1" }] },
});

const sources: SetDataSourcesConfig = {
  dropdowns: {
    lists: {
      refreshOnOpen: true,
      loadOptions: async (cursor, search) => ({
        options: [{ label: search ?? "", value: cursor ?? "" }],
        nextPageCursor: null,
      }),
    },
  },
  mapObjectFields: {
    Plain: [{ label: "Name", value: "name" }],
    WithOptions: { fields: [{ label: "Name", value: "name" }], userCanCreateFields: true, defaultFields: ["name"] },
    Loaded: {
      objectTypes: { get: async (cursor, search) => ({ options: [], nextPageCursor: cursor ?? search ?? null }) },
      integrationFields: {
        get: async ({ objectType }) => ({ options: [{ label: objectType, value: objectType }], nextPageCursor: null }),
      },
      applicationFields: { fields: [{ label: "Name", value: "name" }] },
    },
  },
  integrationSpecificSources: { slack: { dropdowns: { lists: [] } } },
};
paragon.setDataSources(sources);

async function load(input: SerializedConnectInput): Promise<string[]> {
  if (input.type === SidebarInputType.CopyableButtonInput) return [];
  const found = paragon.getSourcesForInput("slack", input);
  switch (found?.kind) {
    case "single": {
      if (found.source.type === DataSourceType.STATIC_ENUM) return found.source.values.map((value) => ("label" in value ? value.label : value.title));
      const { data, nextPageCursor } = await paragon.getFieldOptions({ integration: "slack", source: found.source, search: "a", cursor: false });
      return data.map((choice) => ("label" in choice ? choice.label : choice.title)).concat(nextPageCursor ?? []);
    }
    case "fieldMapper": {
      const parameters = [{ key: "record", source: { type: "VALUE" as const, value: "contact" } }];
      const { nestedData } = await paragon.getFieldOptions({ integration: "slack", source: found.fieldSource, parameters });
      return nestedData.map(({ title }) => title);
    }
    case "combo":
      return [found.mainInputSource.title, found.dependentInputSource.title];
    case "defaultFieldValue":
      return [found.variableInputSource?.title ?? ""];
    case "conditional":
      return found.supportedOperators ?? [];
    case undefined:
      return [];
  }
}

const drive = new paragon.ExternalFilePicker("googledrive", {
  allowedTypes: ["application/pdf"],
  onFileSelect: ({ docs }) => console.log(docs.map(({ id, mimeType }) => id + mimeType)),
});
new paragon.ExternalFilePicker("sharepoint", { onFileSelect: (items) => console.log(items[0]?.parentReference?.driveId) });
new paragon.ExternalFilePicker("box", {
  onFileSelect: (items) => console.log(items.map(({ type, name }) => type + name)),
  integrationOptions: { box: { scopeCSS: true, maxSelectable: 3 } },
});
const type: string = "onedrive";
const picker = new paragon.ExternalFilePicker(type, { onFileSelect: (files: unknown) => console.log(files) });
const opened: Promise<boolean> = drive.init({ developerKey: "key", appId: "1" }).then(() => picker.open());

paragon.installFlow.start("slack", {
  onNext: (stage: InstallFlowStage) => console.log(stage.stage === "accountType" ? stage.options[0]?.scheme === "oauth" : stage.done),
  onError: (error, context) => {
    if (error.name === "IntegrationNotFoundError") console.log(error.meta.integrationName, context?.stage);
    if (error instanceof OAuthBlockedError) console.log("blocked");
  },
});

const operator: Operator = Operator.StringContains;
// @ts-expect-error there is no such event
paragon.subscribe("onNothing", () => {});
// @ts-expect-error Box gives a list, not documents
new paragon.ExternalFilePicker("box", { onFileSelect: ({ docs }) => docs });

export { flow, isValid, load, older, opened, operator, same, stop };

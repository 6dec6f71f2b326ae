// What an app writes, held against the declarations: everything here compiles, and each `@ts-expect-error` does not.
import {
  CredentialStatus,
  DataSourceType,
  ParagonError,
  SDK_EVENT,
  SidebarInputType,
  createParagon,
  paragon,
  type AuthenticatedConnectUser,
  type InstallFlowStage,
  type IntegrationInstallEvent,
  type IntegrationMetadata,
  type StartOptions,
} from "paragon-connect";

paragon.configureGlobal({ host: "http://127.0.0.1:9400" });
paragon.configureGlobal({ host: "paragon.example" }, { ZEUS_PUBLIC_URL: "https://zeus.paragon.example" });
// @ts-expect-error a host is needed
paragon.configureGlobal({});

const authenticated: Promise<void> = paragon.authenticate("project", "token", { metadata: { Name: "Ada" } });
// @ts-expect-error so is a token
paragon.authenticate("project");

const user = paragon.getUser();
// @ts-expect-error only an authenticated user has integrations
user.integrations;
if (user.authenticated) {
  const known: AuthenticatedConnectUser = user;
  const status: CredentialStatus | undefined = known.integrations.slack?.credentialStatus;
  const valid: boolean = status === CredentialStatus.VALID;
  const ids: string[] | undefined = known.integrations["custom.mine"]?.allCredentials.map(({ id }) => id);
  void [valid, ids];
}

const all: IntegrationMetadata[] = paragon.getIntegrationMetadata();
const one: IntegrationMetadata = paragon.getIntegrationMetadata("slack");
const stop: () => boolean = paragon.subscribe(SDK_EVENT.ON_INTEGRATION_INSTALL, (event, by) => {
  const type: string = event.integrationType;
  const id: string = by.userId;
  void [type, id];
});
paragon.subscribe("onWorkflowChange", (event) => void event.workflowStateChange);
// @ts-expect-error unknown event
paragon.subscribe("onSomething", () => {});

const answer: Promise<{ ok: boolean } | undefined> = paragon.request<{ ok: boolean }>("slack", "/chat.postMessage", {
  method: "POST",
  body: { channel: "C1", text: "hello" },
  selectedCredentialId: "ext:team",
});
paragon.request("googledrive", "/upload", { method: "POST", body: new FormData(), signal: AbortSignal.timeout(1000) });
const bytes: Promise<Blob> = paragon.request("googledrive", "/files/1?alt=media", { responseType: "blob" });
void bytes;
paragon.event("Task Created", { id: 1 }, { selectedCredentialId: "ext:team" });

const render = (stage: InstallFlowStage): string => {
  switch (stage.stage) {
    case "accountType":
      return stage.options.map(({ id }) => id).join();
    case "instruction":
      stage.finish.onClick();
      return stage.content + stage.ctas.map((cta) => (cta.type === "link" ? cta.href : cta.copyText)).join();
    case "preOptions":
    case "postOptions":
      return stage.options.map(({ type }) => (type === SidebarInputType.Password ? "secret" : type)).join();
    case "oauth":
      return "popup";
    case "done":
      return "";
  }
};
const options: StartOptions = {
  onNext: render,
  onComplete: (event: IntegrationInstallEvent) => void event.credential?.status,
  onError: (error, context) => {
    const name: string = error.name;
    const stage: "accountType" | "instruction" | "preOptions" | "oauth" | "postOptions" | undefined = context?.stage;
    if (error instanceof ParagonError && error.retryable) void [name, stage, error.code, error.requestId];
  },
  oauthTimeout: 60_000,
  allowMultipleCredentials: true,
  externalId: "team",
};
paragon.installFlow.start("slack", options);
const done: Promise<void>[] = [
  paragon.installFlow.setAccountType("sandbox"),
  paragon.installFlow.setPreOptions({ SHOP: "night-market" }),
  paragon.installFlow.setPostOptions({ LIST: "1" }),
  paragon.installFlow.retry(),
  paragon.installFlow.cancel(),
];
const next: InstallFlowStage = paragon.installFlow.next();
const values: Record<string, unknown> | null = paragon.installFlow.getPreOptionsValue();

const choices = paragon.getFieldOptions({ integration: "jira", action: "sites", search: "a", cursor: "2" });
choices.then(({ data, nextPageCursor }) => void [data, nextPageCursor]);
const source: string = DataSourceType.STATIC_ENUM;

const settings = paragon.updateIntegrationUserSettings("slack", { channel: "C1" }, { selectedConfigurationId: "ext:a" });
settings.then(({ userState, errors }) => void [userState.userId, errors.length]);
const switched: Promise<void> = paragon.enableWorkflow("id", { selectedCredentialId: "ext:team" });
const configuration: Promise<string> = paragon.createConfiguration({ credentialId: "id" }).then(({ id }) => id);
const started: Promise<object | undefined> = paragon.workflow("id", { body: { a: 1 }, query: { b: "c" } });
const sources = paragon.getSourcesForInput("slack", paragon.getPreOptions("slack")[0]!);
if (sources?.kind === "single") paragon.getFieldOptions({ integration: "slack", action: sources.source.type });
// @ts-expect-error the credential is needed
paragon.createConfiguration({});

const second = createParagon();
second.configureGlobal({ host: "other.example" });
second.dispose();
// @ts-expect-error the page's own object stays
paragon.dispose();

void [settings, switched, configuration, started];
void [authenticated, all, one, stop, answer, done, next, values, source];

const shown: Promise<IntegrationInstallEvent> = paragon.connect("slack", {
  onOpen: ({ integrationType }, by) => void [integrationType, by.userId],
  accountType: ["a", "b"],
  dropdowns: {
    fixed: [{ label: "A", value: "a" }],
    asked: { loadOptions: async (cursor, search) => ({ options: [{ label: `${search}`, value: "v" }], nextPageCursor: cursor ?? null }) },
  },
  mapObjectFields: { Task: [{ label: "Title", value: "title" }], Deal: { fields: [], userCanCreateFields: true } },
});
// @ts-expect-error choices have a value
paragon.connect("slack", { dropdowns: { fixed: [{ label: "A" }] } });
paragon.startOAuthFlow("slack", { endUserSuppliedValues: { shop: "x" } }, { onSuccess: ({ credentialId }) => void credentialId });
const closed: void = paragon.closePortal();
void [shown, closed];
const picker = new paragon.ExternalFilePicker("googledrive", {
  allowedTypes: ["application/pdf"],
  onFileSelect: (files) => void files,
  integrationOptions: { googledrive: { includeFolders: true } },
});
const initialised: Promise<boolean> = picker.init({ developerKey: "key", nonce: "n" });
const opened: boolean = paragon.ExternalFilePicker("box", {}).open();
// @ts-expect-error a vendor is needed
new paragon.ExternalFilePicker();
void [initialised, opened];

// The platform as scenarios meet it: a small model of its API, the same for both SDKs. It keeps what it is told, so that
// a step can depend on those before it; what a scenario wants otherwise, it scripts.

import { type Account, configurationId, credentialId, PROJECT_ID, type Project, USER_ID } from "../projects.ts";
import type { Answer } from "../scenario.ts";

type Json = Record<string, any>;

export type Request = { method: string; url: URL; headers: Record<string, string>; body: any };

const DATE = "2026-01-01T00:00:00.000Z";

const PATH = new RegExp(`^(?:/v2)?/projects/${PROJECT_ID}(/.*)$`);

export class Model {
  readonly #project: Project;
  #meta: Json;
  #credentials: Json[] = [];
  #lastCredential = 0;
  #lastConfiguration = 0;
  /** What became of OAuth attempts, by their key: what was built, and later the account. */
  #attempts = new Map<string, { query: Json; credential?: string }>();
  #resources: Json[];

  constructor(project: Project) {
    this.#project = project;
    this.#meta = { ...project.meta };
    this.#resources = project.resources.map((resource) => ({ ...resource }));
    for (const account of project.accounts) this.#addAccount(account);
  }

  #addAccount({ integration, status = "VALID", externalId, configurations = [], ...settings }: Account): void {
    const credential = this.#newCredential(this.#integration(integration)?.wire.id ?? "", status, externalId);
    Object.assign(credential.configurations[0], settings);
    for (const external of configurations) credential.configurations.push(this.#newConfiguration(credential.id, false, external));
  }

  #integration(key: string) {
    return this.#project.integrations.find((integration) => integration.key === key);
  }

  #newConfiguration(owner: string, isDefault: boolean, externalId?: string): Json {
    return {
      id: configurationId(++this.#lastConfiguration),
      connectCredentialId: owner,
      workflowSettings: {},
      sharedSettings: {},
      configMeta: {},
      isDefault,
      dateCreated: DATE,
      dateUpdated: DATE,
      ...(externalId === undefined ? {} : { externalId }),
    };
  }

  #newCredential(integration: string, status: string, externalId?: string): Json {
    const id = credentialId(++this.#lastCredential);
    const credential: Json = {
      id,
      projectId: PROJECT_ID,
      integrationId: integration,
      personaId: USER_ID,
      isPreviewCredential: false,
      providerId: `provider-${this.#lastCredential}`,
      providerData: { name: `Account ${this.#lastCredential}` },
      status,
      configurations: [this.#newConfiguration(id, true)],
      config: {},
      dateCreated: DATE,
      dateUpdated: DATE,
      dateRefreshed: DATE,
      refreshFailureCount: 0,
      ...(externalId === undefined ? {} : { externalId }),
    };
    this.#credentials.push(credential);
    return credential;
  }

  /** The user allowed in the popup whose attempt has this key: the account, or undefined if nothing was built. */
  allowed(key: string, status?: string): Json | undefined {
    const attempt = this.#attempts.get(key);
    if (!attempt) return undefined;
    const options = JSON.parse(attempt.query.installOptions ?? "{}") as Json;
    const integration = this.#project.integrations.find(({ wire }) => wire.id === attempt.query.integrationId);
    const config = integration?.wire.sdkIntegrationConfig;
    const type = config?.accountTypes.find(({ id }) => id === options.accountType);
    const asksMore = (config?.postOauthInputs.length ?? 0) > 0 && !type?.skipPostOAuthInputs && !options.bypassPostOAuthPrompt;
    const credential = this.#obtain(attempt.query.integrationId, status ?? (asksMore ? "PENDING" : "VALID"), options);
    attempt.credential = credential.id;
    return copy(credential);
  }

  /** What was asked for the attempt with this key. */
  asked(key: string): Json | undefined {
    return this.#attempts.get(key)?.query;
  }

  /** A new account, or the one that the options renew. */
  #obtain(integrationId: string, status: string, options: Json): Json {
    const own = this.#credentials.filter((one) => one.integrationId === integrationId);
    const wanted = options.selectedCredentialId;
    const renewed = wanted
      ? own.find((one) => one.id === wanted || one.externalId === String(wanted).replace(/^ext:/, ""))
      : options.allowMultipleCredentials || options.externalId
        ? undefined
        : own[0];
    if (!renewed) return this.#newCredential(integrationId, status, options.externalId);
    renewed.status = status;
    return renewed;
  }

  answer(request: Request): Answer {
    const path = PATH.exec(request.url.pathname)?.[1];
    if (!path) return refused(404, "no such call");
    for (const [pattern, handle] of CALLS) {
      const match = pattern.exec(`${request.method} ${path}`);
      if (match) return handle.call(this, request, ...match.slice(1).map(decodeURIComponent));
    }
    return refused(404, "no such call");
  }

  me(): Answer {
    return good({
      authenticated: true,
      userId: USER_ID,
      meta: this.#meta,
      resources: this.#resources,
      project: { id: PROJECT_ID, billingPlan: "ENTERPRISE", accessibleFeatures: this.#project.features },
      integrations: Object.fromEntries(this.#project.integrations.map(({ key, wire }) => [key, this.#state(wire.id)])),
    });
  }

  #state(integration: string): Json {
    const own = this.#credentials.filter((one) => one.integrationId === integration);
    const current = own.find(({ status }) => status === "VALID") ?? own[0];
    if (!current) return { enabled: false, allCredentials: [] };
    const [configuration] = current.configurations;
    return {
      enabled: current.status === "VALID",
      credentialId: current.id,
      credentialConfigId: configuration.id,
      credentialStatus: current.status,
      providerId: current.providerId,
      providerData: current.providerData,
      allCredentials: own,
      sharedSettings: configuration.sharedSettings,
      workflowSettings: configuration.workflowSettings,
      configuredWorkflows: configuration.workflowSettings,
      configMeta: configuration.configMeta,
      ...(configuration.externalId === undefined ? {} : { externalId: configuration.externalId }),
    };
  }

  setMeta({ body }: Request): Answer {
    this.#meta = { ...this.#meta, ...body?.meta };
    return this.me();
  }

  integrations(): Answer {
    return good(this.#project.integrations.map(({ wire }) => wire));
  }

  buildOauth({ url }: Request): Answer {
    const query = Object.fromEntries(url.searchParams);
    const key = query.oauthMetaKeyId ?? "";
    this.#attempts.set(key, { query });
    return good({ redirectUrl: `https://provider.example/authorize?state=${key}` });
  }

  attempt(_: Request, key: string): Answer {
    const credential = this.#attempts.get(key)?.credential;
    return good(credential ? { connectCredentialId: credential } : {});
  }

  endAttempt(_: Request, key: string): Answer {
    this.#attempts.delete(key);
    return good({});
  }

  save(request: Request): Answer {
    const { body } = request;
    const integration = this.#project.integrations.find(({ wire }) => wire.id === body?.integrationId);
    if (!integration) return refused(404, "no such integration");
    // What the callback page told an app that saves what it was told: it is stored already.
    if (body.payload?.connectCredentialId) return this.credential(request, body.payload.connectCredentialId);
    const asksMore = integration.wire.sdkIntegrationConfig.postOauthInputs.length > 0 && !body.payload?.skipPostOAuthInputs;
    const status = asksMore && !body.code ? "PENDING" : "VALID";
    return good(this.#obtain(body.integrationId, status, body.installOptions ?? body.integrationOptions ?? {}));
  }

  complete(_: Request, id: string): Answer {
    return this.#with(id, (credential) => {
      credential.status = "VALID";
    });
  }

  #with(id: string, change: (credential: Json) => void): Answer {
    const credential = this.#credentials.find((one) => one.id === id);
    if (!credential) return refused(404, "no such account");
    change(credential);
    return good(credential);
  }

  credential(_: Request, id: string): Answer {
    return this.#with(id, () => {});
  }

  account({ url, headers }: Request): Answer {
    const integration = this.#integration(url.searchParams.get("integration") ?? "");
    if (!integration) return refused(404, "no such integration");
    const own = this.#credentials.filter((one) => one.integrationId === integration.wire.id);
    const wanted = headers["x-paragon-credential"];
    const credential = wanted ? own.find(({ id }) => id === wanted) : own[0];
    const auth = url.searchParams.get("includeAccountAuth") === "true" ? { accountAuth: { OAUTH_ACCESS_TOKEN: "secret" } } : {};
    return good({ ...integration.wire, providerId: credential?.providerId, providerData: credential?.providerData, ...auth });
  }

  #configurationOf(credential: Json, headers: Record<string, string>): Json {
    const wanted = headers["x-paragon-configuration-id"];
    return credential.configurations.find(({ id }: Json) => id === wanted) ?? credential.configurations[0];
  }

  settings({ headers, body }: Request, id: string): Answer {
    return this.#with(id, (credential) => {
      const configuration = this.#configurationOf(credential, headers);
      Object.assign(configuration, { sharedSettings: { ...configuration.sharedSettings, ...body.config.sharedSettings } });
      configuration.workflowSettings = { ...configuration.workflowSettings, ...body.config.workflowSettings };
    });
  }

  addConfiguration({ body }: Request, id: string): Answer {
    return this.#with(id, (credential) => {
      credential.configurations = [...credential.configurations, this.#newConfiguration(id, false, body?.externalId)];
    });
  }

  changeConfiguration({ headers, body }: Request, id: string): Answer {
    return this.#with(id, (credential) => {
      const configuration = this.#configurationOf(credential, headers);
      configuration.configMeta = { ...configuration.configMeta, ...body?.meta };
    });
  }

  removeConfiguration({ headers }: Request, id: string): Answer {
    return this.#with(id, (credential) => {
      const gone = this.#configurationOf(credential, headers);
      credential.configurations = credential.configurations.filter((one: Json) => one !== gone);
    });
  }

  uninstall({ headers }: Request, integration: string): Answer {
    const wanted = headers["x-paragon-credential"];
    const own = this.#credentials.filter((one) => one.integrationId === integration);
    const gone = wanted ? own.find(({ id }) => id === wanted) : own[0];
    this.#credentials = this.#credentials.filter((one) => one !== gone);
    return good({});
  }

  switchWorkflow({ method, headers }: Request, workflow: string): Answer {
    const credential = this.#credentials.find(({ id }) => id === headers["x-paragon-credential"]);
    if (!credential) return refused(404, "no such account");
    const configuration = this.#configurationOf(credential, headers);
    const known = configuration.workflowSettings[workflow] ?? { settings: {} };
    configuration.workflowSettings = { ...configuration.workflowSettings, [workflow]: { ...known, enabled: method === "POST" } };
    return good({});
  }

  options({ body }: Request): Answer {
    const { pageCursor, search } = body?.paginationParameters ?? {};
    const records = [`${body?.sourceKey} of page ${pageCursor}`, search].filter(Boolean);
    return good({ output: { records: records.map((label) => ({ label, value: label })), nextPageCursor: pageCursor ? null : "2" } });
  }

  connectResource(_: Request, id: string): Answer {
    return good(copy({ ...this.#newCredential("", "VALID"), resourceId: id }));
  }

  event(): Answer {
    return { status: 201, body: {} };
  }

  runWorkflow({ url, body }: Request): Answer {
    return good({ ran: true, query: Object.fromEntries(url.searchParams), body });
  }

  triggers(): Answer {
    return good({ triggers: {} });
  }

  proxy({ method, headers, body }: Request, rest: string): Answer {
    const echo = { method, rest, body, credential: headers["x-paragon-credential"] };
    return good(headers["x-paragon-use-raw-response"] ? echo : { output: echo });
  }
}

type Handler = (this: Model, request: Request, ...parts: string[]) => Answer;

const { prototype } = Model;
const CALLS: [RegExp, Handler][] = [
  [/^GET \/sdk\/me$/, prototype.me],
  [/^PATCH \/sdk\/me$/, prototype.setMeta],
  [/^GET \/sdk\/integrations$/, prototype.integrations],
  [/^GET \/sdk\/actions\/build-oauth$/, prototype.buildOauth],
  [/^GET \/sdk\/actions\/session-id\/([^/]+)$/, prototype.attempt],
  [/^DELETE \/sdk\/actions\/session-id\/([^/]+)$/, prototype.endAttempt],
  [/^POST \/sdk\/credentials$/, prototype.save],
  [/^POST \/sdk\/credentials\/([^/]+)\/complete-setup$/, prototype.complete],
  [/^GET \/sdk\/credentials$/, prototype.account],
  [/^GET \/sdk\/credentials\/([^/]+)$/, prototype.credential],
  [/^PATCH \/sdk\/credentials\/([^/]+)$/, prototype.settings],
  [/^POST \/sdk\/credentials\/([^/]+)\/configurations$/, prototype.addConfiguration],
  [/^PATCH \/sdk\/credentials\/([^/]+)\/configurations$/, prototype.changeConfiguration],
  [/^DELETE \/sdk\/credentials\/([^/]+)\/configurations$/, prototype.removeConfiguration],
  [/^DELETE \/sdk\/integrations\/([^/]+)$/, prototype.uninstall],
  [/^(?:POST|DELETE) \/sdk\/workflows\/([^/]+)$/, prototype.switchWorkflow],
  [/^POST \/sdk\/actions$/, prototype.options],
  [/^POST \/sdk\/resources\/([^/]+)\/connect$/, prototype.connectResource],
  [/^POST \/sdk\/events\/trigger$/, prototype.event],
  [/^POST \/sdk\/triggers\/[^/]+$/, prototype.runWorkflow],
  [/^GET \/triggers$/, prototype.triggers],
  [/^[A-Z]+ \/sdk\/proxy\/(.*)$/, prototype.proxy],
];

const copy = <T>(value: T): T => JSON.parse(JSON.stringify(value));
const good = (body: unknown): Answer => ({ status: 200, body: copy(body) });
const refused = (status: number, message: string): Answer => ({ status, body: { message, code: "0000", status, meta: {} } });

// Projects for scenarios: what the dashboard of a project would have in it, and the user's accounts.

export type Input = { id: string; title: string; type: string; required: boolean; sourceType?: string; values?: unknown[] };
export type AccountType = {
  id: string;
  scheme: string;
  accountDescription?: string;
  oauthParameters?: unknown[];
  endUserSuppliedValues?: Input[];
  skipPostOAuthInputs?: boolean;
};

export type IntegrationOptions = {
  scheme?: string;
  accountTypes?: AccountType[];
  preInputs?: Input[];
  postInputs?: Input[];
  workflows?: WorkflowOptions[];
  settings?: Input[];
  dataSources?: Record<string, unknown>;
  packageInstallUrl?: string;
  custom?: { slug?: string; icon?: string; inputFields?: Input[] };
  active?: boolean;
  setUp?: boolean;
  noPermissionWorkflows?: string[];
};

export type WorkflowOptions = {
  key: string;
  hidden?: boolean;
  defaultEnabled?: boolean;
  permissions?: unknown;
  webhook?: boolean;
  /** Named in the portal's settings, but not among the workflows. */
  gone?: boolean;
};

/** An account that the user has when the scenario begins. */
export type Account = {
  integration: string;
  status?: "VALID" | "PENDING" | "INVALID";
  externalId?: string;
  /** Beside the default one: external ids of further configurations; `undefined` for one without. */
  configurations?: (string | undefined)[];
  sharedSettings?: Record<string, unknown>;
  workflowSettings?: Record<string, { enabled: boolean; settings: Record<string, unknown> }>;
};

export type Project = {
  features: string[];
  integrations: Integration[];
  accounts: Account[];
  meta: Record<string, unknown>;
  resources: { id: string; slug: string }[];
};

export type Integration = ReturnType<typeof integration>;

export const PROJECT_ID = "a0000000-0000-4000-8000-000000000001";
export const USER_ID = "user-1";
const DATE = "2026-01-01T00:00:00.000Z";

/** Where every scenario's clock begins. */
export const START = Date.UTC(2026, 0, 2);

const base64url = (value: unknown) => btoa(JSON.stringify(value)).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

/** A user token; nobody here checks the signature. `life` in seconds from the start of the scenario. */
export const token = (life = 86_400, claims: Record<string, unknown> = { sub: USER_ID }, header: unknown = { alg: "RS256", typ: "JWT" }) =>
  `${base64url(header)}.${base64url({ ...claims, exp: START / 1000 + life })}.c2lnbmF0dXJl`;
export const TOKEN = token();

/** The nth id of a kind: readable, and a UUID. */
export const uuid = (kind: string, n: number) =>
  `${kind.repeat(8).slice(0, 8)}-0000-4000-8000-${String(n).padStart(12, "0")}`;
/** The nth account, in the order in which a scenario's accounts are made. */
export const credentialId = (n: number) => uuid("c", n);
export const configurationId = (n: number) => uuid("f", n);
export const workflowId = (type: string, key: string) => uuid("b", number(`${type}/${key}`));
export const integrationId = (type: string) => uuid("e", number(type));

// A number for a text: FNV-1a, enough to tell a few names from each other.
function number(text: string): number {
  let hash = 2_166_136_261;
  for (const letter of text) hash = Math.imul(hash ^ letter.charCodeAt(0), 16_777_619) >>> 0;
  return hash;
}

export const input = (id: string, type = "TEXT_NO_VARS", more: Partial<Input> = {}): Input => ({
  id,
  title: `The ${id}`,
  type,
  required: true,
  ...more,
});

export function integration(type: string, options: IntegrationOptions = {}) {
  const { custom, setUp = true } = options;
  const key = custom ? (custom.slug ?? `custom.${type.toLowerCase().replace(/[^a-z0-9]/g, "")}`) : type;
  const id = integrationId(key);
  const workflows = (options.workflows ?? []).map((workflow) => ({ ...workflow, id: workflowId(key, workflow.key) }));
  return {
    key,
    wire: {
      id,
      dateCreated: DATE,
      dateUpdated: DATE,
      projectId: PROJECT_ID,
      type: custom ? "custom" : type,
      isActive: options.active ?? true,
      name: custom ? type : type[0]!.toUpperCase() + type.slice(1),
      brandColor: "#123456",
      authenticationType: options.scheme ?? "oauth",
      needPreOauthInputs: (options.preInputs ?? []).length > 0,
      hasCredential: false,
      connectedUserLimitOnDevCred: 0,
      connectedUserLimitReached: false,
      providerType: key,
      noPermissionWorkflows: options.noPermissionWorkflows ?? [],
      configs: setUp
        ? [
            {
              id: uuid("d", number(key)),
              integrationId: id,
              dateCreated: DATE,
              dateUpdated: DATE,
              values: {
                description: `${type}, in short`,
                overview: `All about ${type}`,
                accentColor: "#123456",
                paragonLink: false,
                sharedMeta: { inputs: options.settings ?? [] },
                workflowMeta: Object.fromEntries(
                  workflows.map(({ id, key, hidden, defaultEnabled, permissions }, order) => [
                    id,
                    {
                      id,
                      description: `${key} of the portal`,
                      infoText: `About ${key}`,
                      defaultEnabled: defaultEnabled ?? false,
                      hidden: hidden ?? false,
                      order,
                      inputs: [],
                      ...(permissions === undefined ? {} : { permissions }),
                    },
                  ]),
                ),
              },
            },
          ]
        : [],
      workflows: workflows
        .filter(({ gone }) => !gone)
        .map(({ id: workflow, key, webhook }) => ({
          id: workflow,
          description: key,
          projectId: PROJECT_ID,
          integrationId: id,
          dateCreated: DATE,
          dateUpdated: DATE,
          steps: [],
          ...(webhook ? { customWebhookTriggerId: uuid("9", number(workflow)) } : {}),
        })),
      sdkIntegrationConfig: {
        oauthInputs: [],
        accountTypes: options.accountTypes ?? [],
        authConfigInputs: options.preInputs ?? [],
        postOauthInputs: options.postInputs ?? [],
        dataSources: options.dataSources ?? {},
        ...(options.packageInstallUrl ? { authSchemeOptions: { packageInstallUrl: options.packageInstallUrl } } : {}),
      },
      ...(custom
        ? {
            customIntegrationId: uuid("7", number(key)),
            customIntegration: {
              id: uuid("7", number(key)),
              projectId: PROJECT_ID,
              dateCreated: DATE,
              dateUpdated: DATE,
              name: type,
              slug: custom.slug,
              icon: custom.icon,
              authenticationType: options.scheme ?? "oauth",
              inputFields: custom.inputFields ?? [],
              isPublished: true,
            },
          }
        : {}),
    },
  };
}

export const ALL_FEATURES = [
  "byo",
  "dfm",
  "headless-cp",
  "th-api",
  "monitoring",
  "rbac",
  "user-metadata",
  "whitelabel",
  "workflow-permissions",
];

export const project = (integrations: Integration[], more: Partial<Project> = {}): Project => ({
  features: ALL_FEATURES,
  integrations,
  accounts: [],
  meta: {},
  resources: [],
  ...more,
});

// Integrations of the project: catalog entries, their settings and workflows, account types.
import type { IntegrationConnectInput, KeyedSource, SerializedConnectInput } from "./inputs.js";

/** A catalog entry. */
export interface IntegrationMetadata {
  /** What every call names the integration by: `"slack"`, `"custom.acme"`. */
  type: string;
  name: string;
  /** Address of an SVG. */
  icon: string;
  /** A CSS colour. */
  brandColor: string;
}

/** What the project's author has set up for an integration. */
export type IntegrationConfig = {
  shortDescription?: string;
  /** Markdown. */
  longDescription?: string;
  availableUserSettings?: SerializedConnectInput[];
  availableWorkflows: Omit<IntegrationWorkflowMeta, "order" | "permissions">[];
  /** Hidden by the author, or not permitted to this user. */
  hiddenWorkflows: Omit<IntegrationWorkflowMeta, "order" | "permissions">[];
};

export type IntegrationWorkflowMeta = {
  id: string;
  description?: string;
  infoText?: string;
  /** Switched on when the integration is connected. Absent means false. */
  defaultEnabled?: boolean;
  /** Absent means false. */
  hidden?: boolean;
  /** Position in the list; those without one come last, by age. */
  order?: number;
  inputs: SerializedConnectInput[];
  /** Conditions on the user's metadata. */
  permissions?: OrConditions;
};

/** Conditions joined by "or"; those inside may be joined by "and". */
export type OrConditions = {
  type: "JOIN";
  join: "OR";
  conditions: unknown[];
};

/** How an account proves who it is. */
export type AuthenticationScheme =
  | "basic"
  | "oauth"
  | "oauth_client_credential"
  | "service_account"
  | "oauth_app"
  | "impersonated_app";

/** A kind of account that an integration can be connected with. */
export type AccountType = {
  /** What `installFlow.setAccountType` takes. */
  id: string;
  scheme: AuthenticationScheme;
  /** Sent along when OAuth starts. */
  oauthParameters?: KeyedSource[];
  /** What it asks for before OAuth, instead of the integration's own pre options. */
  endUserSuppliedValues?: IntegrationConnectInput[];
  /** Its label, in lower case, such as `"sandbox account"`. */
  accountDescription?: string;
  skipPostOAuthInputs?: boolean;
};

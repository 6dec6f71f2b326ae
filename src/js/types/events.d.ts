// Events: their names, what they carry, and handlers.
import type { AuthenticatedConnectUser, ConnectUser, CredentialStatus, IConnectCredential, IntegrationWorkflowState } from "./user.js";

/** Names of events. The plain strings are accepted as well. */
export declare enum SDK_EVENT {
  ON_INTEGRATION_INSTALL = "onIntegrationInstall",
  ON_INTEGRATION_UNINSTALL = "onIntegrationUninstall",
  ON_WORKFLOW_CHANGE = "onWorkflowChange",
  ON_PORTAL_OPEN = "onPortalOpen",
  ON_PORTAL_CLOSE = "onPortalClose",
}

export type SDKEventName = SDK_EVENT | `${SDK_EVENT}` | keyof UserEventPayloads;

export type IntegrationInstallEvent = {
  integrationId: string;
  integrationType: string;
  /** Given to the caller that asked for the install, not to subscribers. */
  credentialId?: string;
  /** Given to the caller that asked for the install, not to subscribers. */
  credential?: IConnectCredential | undefined;
};

export type IntegrationUninstallEvent = IntegrationInstallEvent;

export type WorkflowStateChangeEvent = {
  integrationId: string;
  workflowId: string;
  workflowStateChange: Partial<IntegrationWorkflowState>;
};

export type PortalOpenEvent = {
  integrationId: string;
  integrationType: string;
};

export type PortalCloseEvent = PortalOpenEvent;

/** Somebody has signed in or out, or another user has. */
export type AuthChangeEvent = {
  authenticated: boolean;
  /** Of who is signed in now. */
  userId?: string;
};

/** The user is the same, and something of theirs is not. */
export type UserChangeEvent = {
  /** Which of the state's properties have changed. */
  changed: (keyof AuthenticatedConnectUser)[];
  /** Which integrations have. */
  integrations: string[];
};

export type CredentialStatusChangeEvent = {
  integrationType: string;
  credentialId: string;
  status: CredentialStatus;
  previousStatus: CredentialStatus;
};

/** The user token has ended, or the app's function has given no new one. */
export type TokenExpiredEvent = {
  userId: string;
};

type UserEventPayloads = {
  onAuthChange: AuthChangeEvent;
  onCredentialStatusChange: CredentialStatusChangeEvent;
  onTokenExpired: TokenExpiredEvent;
  onUserChange: UserChangeEvent;
};

type EventPayloads = UserEventPayloads & {
  onIntegrationInstall: IntegrationInstallEvent;
  onIntegrationUninstall: IntegrationUninstallEvent;
  onWorkflowChange: WorkflowStateChangeEvent;
  onPortalOpen: PortalOpenEvent;
  onPortalClose: PortalCloseEvent;
};

/** What an event of this name carries. */
export type SDKEventPayload<Name extends SDKEventName> = EventPayloads[`${Name}`];

/** A handler of one event. What it throws hurts no other handler. */
export type SDKEventListener<Name extends SDKEventName> = (
  event: SDKEventPayload<Name>,
  user: `${Name}` extends "onAuthChange" ? ConnectUser : AuthenticatedConnectUser,
) => void;

export type SDKEventListenerMap = {
  [Name in SDK_EVENT]: SDKEventListener<Name>[];
};

/** A handler of any one event. */
export type ListenerFunction = SDKEventListenerMap[keyof SDKEventListenerMap][number];

/** An event as the portal's page tells of it. */
export type EventInfo = {
  type: SDK_EVENT;
  integrationId: string;
  integrationType: string;
  workflowId?: string;
  workflowStateChange?: Partial<IntegrationWorkflowState>;
};

/** Callbacks of a single call. They run once, before subscribers. */
export type CallbackMap = {
  /** The integration is connected. */
  onSuccess?: (event: IntegrationInstallEvent, user: AuthenticatedConnectUser) => void;
  /** The same as `onSuccess`. */
  onInstall?: (event: IntegrationInstallEvent, user: AuthenticatedConnectUser) => void;
  onError?: (err: Error) => void;
  onUninstall?: (event: IntegrationUninstallEvent, user: AuthenticatedConnectUser) => void;
  onWorkflowChange?: (event: WorkflowStateChangeEvent, user: AuthenticatedConnectUser) => void;
  onOpen?: (event: PortalOpenEvent, user: AuthenticatedConnectUser) => void;
  onClose?: (event: PortalCloseEvent, user: AuthenticatedConnectUser) => void;
};

export {};

// The project's integrations with the current user's state of each.
import type { ConnectUser, IConnectCredential, IntegrationConfig, IntegrationMetadata, SDKIntegration } from "paragon-connect";
import { useMemo } from "react";
import { useParagon } from "../context.js";
import type { ParagonLike } from "../store.js";
import { useUser } from "./useUser.js";

export type ConnectionStatus = "connected" | "not-connected" | "pending" | "invalid";

export type Integration = {
  type: string;
  metadata: IntegrationMetadata;
  config: IntegrationConfig;
  /** What the user has of it; undefined if nothing. */
  state: SDKIntegration | undefined;
  accounts: IConnectCredential[];
  status: ConnectionStatus;
};

/** All active integrations, by name; an empty list while nobody is signed in. */
export function useIntegrations(): Integration[] {
  const paragon = useParagon();
  const user = useUser();
  return useMemo(() => listOf(paragon, user), [paragon, user]);
}

/** One integration by its type, such as `"slack"`; undefined if there is none, or nobody is signed in. */
export function useIntegration(type: string): Integration | undefined {
  return useIntegrations().find((entry) => entry.type === type);
}

function listOf(paragon: ParagonLike, user: ConnectUser): Integration[] {
  if (!user.authenticated) return [];
  return paragon
    .getIntegrationMetadata()
    .map((metadata) => {
      const { type } = metadata;
      const state = user.integrations[type];
      const accounts = state?.allCredentials ?? [];
      return { type, metadata, config: paragon.getIntegrationConfig(type), state, accounts, status: statusOf(accounts) };
    })
    .sort((a, b) => a.metadata.name.localeCompare(b.metadata.name));
}

/** An account that needs attention counts more than one that works; an unfinished one counts only alone. */
function statusOf(accounts: IConnectCredential[]): ConnectionStatus {
  const statuses = new Set<string>(accounts.map((credential) => credential.status));
  if (statuses.has("INVALID")) return "invalid";
  if (statuses.has("VALID")) return "connected";
  return statuses.has("PENDING") ? "pending" : "not-connected";
}

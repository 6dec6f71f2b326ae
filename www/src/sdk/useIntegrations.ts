// The project's integrations with the current user's state of each.
import { paragon, type IntegrationMetadata, type SDKIntegration } from "paragon-connect";
import { useMemo } from "react";
import { useParagonUser } from "./useParagonUser";

export type ConnectionStatus = "connected" | "not-connected" | "pending" | "invalid";

export type Integration = {
  metadata: IntegrationMetadata;
  state: SDKIntegration | undefined;
  status: ConnectionStatus;
};

export function useIntegrations(): Integration[] {
  const user = useParagonUser();
  return useMemo(() => {
    if (!user.authenticated) return [];
    return paragon
      .getIntegrationMetadata()
      .map((metadata) => ({ metadata, state: user.integrations[metadata.type] }))
      .map((entry) => ({ ...entry, status: connectionStatus(entry.state) }))
      .sort((a, b) => a.metadata.name.localeCompare(b.metadata.name));
  }, [user]);
}

export function useIntegration(type: string): Integration | undefined {
  return useIntegrations().find((entry) => entry.metadata.type === type);
}

/** An account that needs attention counts more than one that works; an unfinished one counts only alone. */
function connectionStatus(state: SDKIntegration | undefined): ConnectionStatus {
  const statuses = new Set<string>((state?.allCredentials ?? []).map((credential) => credential.status));
  if (statuses.has("INVALID")) return "invalid";
  if (statuses.has("VALID")) return "connected";
  return statuses.has("PENDING") ? "pending" : "not-connected";
}

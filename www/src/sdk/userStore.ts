// One snapshot of the SDK's user for all components, renewed when the SDK reports a change or a call has ended.
import { paragon, SDK_EVENT, type ConnectUser } from "paragon-connect";

const CHANGES = [
  SDK_EVENT.ON_INTEGRATION_INSTALL,
  SDK_EVENT.ON_INTEGRATION_UNINSTALL,
  SDK_EVENT.ON_WORKFLOW_CHANGE,
] as const;

let snapshot: ConnectUser = { authenticated: false };
const listeners = new Set<() => void>();
let stopListening: (() => void) | null = null;

/** Reads the user again. For calls that change the user without an event, such as a new PENDING account. */
export function refreshUser(): void {
  snapshot = paragon.getUser();
  for (const listener of listeners) listener();
}

export function readUser(): ConnectUser {
  return snapshot;
}

export function subscribeUser(listener: () => void): () => void {
  listeners.add(listener);
  if (!stopListening) {
    const unsubscribe = CHANGES.map((name) => paragon.subscribe(name, () => refreshUser()));
    stopListening = () => unsubscribe.forEach((stop) => stop());
  }
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) {
      stopListening?.();
      stopListening = null;
    }
  };
}

// One snapshot of an SDK object's user for all components, renewed when the SDK reports a change.
import type { ConnectUser, InstallFlow, Paragon, SDKEventName } from "paragon-connect";

/** What the parts of this package call. `paragon` has it, and what `createParagon()` gives; so can an object of your own. */
export type ParagonLike = Pick<
  Paragon,
  | "disableWorkflow"
  | "enableWorkflow"
  | "getFieldOptions"
  | "getIntegrationConfig"
  | "getIntegrationMetadata"
  | "getSourcesForInput"
  | "getUser"
  | "subscribe"
  | "uninstallIntegration"
  | "updateIntegrationUserSettings"
  | "updateWorkflowUserSettings"
> & {
  /** Without the ways to begin that components do not use. */
  installFlow: Omit<InstallFlow, "prepare" | "reconnect" | "resume" | "returned" | "run">;
  /** Without it, components learn only of what events tell, and of what they do themselves. */
  onStateChange?: Paragon["onStateChange"];
};

export type UserStore = {
  read: () => ConnectUser;
  subscribe: (listener: () => void) => () => void;
  /** Reads the user again. */
  refresh: () => void;
};

const NOBODY: ConnectUser = { authenticated: false };
const EVENTS: SDKEventName[] = ["onIntegrationInstall", "onIntegrationUninstall", "onWorkflowChange"];
const stores = new WeakMap<ParagonLike, UserStore>();

/** The store of an SDK object; the same one each time. */
export function storeOf(paragon: ParagonLike): UserStore {
  let store = stores.get(paragon);
  if (!store) stores.set(paragon, (store = makeStore(paragon)));
  return store;
}

/** What a server renders: nobody is signed in there. */
export const nobody = () => NOBODY;

function makeStore(paragon: ParagonLike): UserStore {
  const listeners = new Set<() => void>();
  let snapshot = NOBODY;
  let isCurrent = false;
  let stop: (() => void) | undefined;

  function refresh() {
    isCurrent = false;
    for (const listener of [...listeners]) listener();
  }

  function watch(): () => void {
    if (paragon.onStateChange) return paragon.onStateChange(refresh);
    const stops = EVENTS.map((name) => paragon.subscribe(name, refresh));
    return () => stops.forEach((each) => each());
  }

  return {
    refresh,
    read() {
      // While nobody listens, nothing tells that the snapshot is old.
      if (!isCurrent || listeners.size === 0) {
        const next = paragon.getUser();
        if (!same(snapshot, next)) snapshot = next;
        isCurrent = true;
      }
      return snapshot;
    },
    subscribe(listener) {
      listeners.add(listener);
      if (listeners.size === 1) {
        isCurrent = false;
        stop = watch();
      }
      return () => {
        listeners.delete(listener);
        if (listeners.size === 0) stop?.();
      };
    },
  };
}

/** The state is JSON, and always written in the same order. */
const same = (a: ConnectUser, b: ConnectUser) => JSON.stringify(a) === JSON.stringify(b);

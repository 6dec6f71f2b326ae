// The current user, kept up to date.
import type { ConnectUser } from "paragon-connect";
import { useSyncStore } from "../compat.js";
import { useParagon } from "../context.js";
import { nobody, storeOf } from "../store.js";

/** The SDK's user; components that use it render again whenever something of the user's changes. */
export function useUser(): ConnectUser {
  const store = storeOf(useParagon());
  return useSyncStore(store.subscribe, store.read, nobody);
}

// The current user, kept up to date.
import type { ConnectUser } from "paragon-connect";
import { useSyncExternalStore } from "react";
import { readUser, subscribeUser } from "./userStore";

export function useParagonUser(): ConnectUser {
  return useSyncExternalStore(subscribeUser, readUser);
}

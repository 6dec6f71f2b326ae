// Disconnects one account.
import { useState } from "react";
import { useParagon } from "../context.js";
import { toShownError, type ShownError } from "../errors.js";
import { storeOf } from "../store.js";

export type Disconnect = {
  busy: boolean;
  error: ShownError | null;
  /** True if it is done; else `error` says why not. */
  disconnect: (credentialId: string) => Promise<boolean>;
  clearError: () => void;
};

export function useDisconnect(type: string): Disconnect {
  const paragon = useParagon();
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ShownError | null>(null);
  return {
    busy,
    error,
    clearError: () => setError(null),
    async disconnect(credentialId) {
      setBusy(true);
      setError(null);
      try {
        await paragon.uninstallIntegration(type, { selectedCredentialId: credentialId });
        return true;
      } catch (thrown) {
        setError(toShownError(thrown));
        return false;
      } finally {
        setBusy(false);
        storeOf(paragon).refresh();
      }
    },
  };
}

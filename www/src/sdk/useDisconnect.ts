// Disconnects one account.
import { paragon } from "paragon-connect";
import { useState } from "react";
import { toShownError, type ShownError } from "./errors";
import { refreshUser } from "./userStore";

export type Disconnect = {
  busy: boolean;
  error: ShownError | null;
  disconnect: (credentialId: string) => Promise<boolean>;
  clearError: () => void;
};

export function useDisconnect(type: string): Disconnect {
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
        refreshUser();
      }
    },
  };
}

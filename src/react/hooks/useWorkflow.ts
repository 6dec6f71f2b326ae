// Whether a workflow is on, and the switch for it.
import { useState } from "react";
import { useParagon } from "../context.js";
import { toShownError, type ShownError } from "../errors.js";
import { storeOf } from "../store.js";
import { useIntegration } from "./useIntegrations.js";

export type WorkflowSwitch = {
  isOn: boolean;
  busy: boolean;
  error: ShownError | null;
  setOn: (on: boolean) => Promise<void>;
};

/** A workflow's switch for one account; without a `selectedCredentialId`, for the current one. */
export function useWorkflow(type: string, workflowId: string, selectedCredentialId?: string): WorkflowSwitch {
  const paragon = useParagon();
  const integration = useIntegration(type);
  const [wanted, setWanted] = useState<boolean | null>(null);
  const [error, setError] = useState<ShownError | null>(null);
  const id = selectedCredentialId ?? integration?.state?.credentialId;
  const configuration = integration?.accounts.find((account) => account.id === id)?.configurations.find(({ isDefault }) => isDefault);
  const isOn = configuration?.workflowSettings?.[workflowId]?.enabled === true;

  return {
    // The switch follows the hand at once, and goes back if the platform refuses.
    isOn: wanted ?? isOn,
    busy: wanted !== null,
    error,
    async setOn(on) {
      if (wanted !== null) return;
      setWanted(on);
      setError(null);
      try {
        const target = { selectedCredentialId: id };
        await (on ? paragon.enableWorkflow(workflowId, target) : paragon.disableWorkflow(workflowId, target));
      } catch (thrown) {
        setError(toShownError(thrown));
      } finally {
        storeOf(paragon).refresh();
        setWanted(null);
      }
    },
  };
}

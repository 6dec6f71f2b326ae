// The last change of a page that is left at once. The page around, which saves everything else, is going as well and cannot be
// asked any more; so this frame sends that one request itself, in a way that outlives it. Only then is the user token used.
import type { Update } from "./messages";

type Target = { selectedCredentialId?: string; selectedConfigurationId?: string };

export class Farewell {
  #isLeaving = false;

  constructor(frame: Window) {
    // Before the components' own listeners, which save.
    frame.addEventListener("pagehide", () => (this.#isLeaving = true), { capture: true });
    frame.addEventListener("pageshow", () => (this.#isLeaving = false), { capture: true });
  }

  /** Saves a workflow's settings if the page is being left; else does nothing. */
  save({ user, projectId = "" }: Update["nextContext"], workflowId: string, settings: unknown, target: Target = {}): void {
    if (!this.#isLeaving || !user.token || !target.selectedCredentialId) return;
    const { selectedCredentialId, selectedConfigurationId } = target;
    // Of this very origin, whatever the page around says about addresses.
    void fetch(`/projects/${encodeURIComponent(projectId)}/sdk/credentials/${encodeURIComponent(selectedCredentialId)}`, {
      method: "PATCH",
      keepalive: true,
      headers: {
        authorization: `Bearer ${user.token}`,
        "content-type": "application/json",
        "x-paragon-credential": selectedCredentialId,
        ...(selectedConfigurationId && { "x-paragon-configuration-id": selectedConfigurationId }),
      },
      body: JSON.stringify({ config: { workflowSettings: { [workflowId]: { settings } } } }),
    }).catch(() => {});
  }
}

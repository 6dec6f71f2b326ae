// What has changed of the user, told as events. Only worked out for those who listen.

import { areEqual } from "./boundary.js";

const differing = (before, after) =>
  Object.keys({ ...before, ...after }).filter((key) => !areEqual(before[key], after[key]));

const listed = (state) => (Array.isArray(state?.allCredentials) ? state.allCredentials : []);

// `before` and `after` are states of the user, or undefined.
export function tellOfUser(before = {}, after = {}, heard, tell) {
  if (before.userId !== after.userId) {
    return tell("onAuthChange", { authenticated: !!after.authenticated, userId: after.userId });
  }
  if (heard("onUserChange")) {
    const changed = differing(before, after);
    if (changed.length) tell("onUserChange", { changed, integrations: differing(before.integrations, after.integrations) });
  }
  if (!heard("onCredentialStatusChange")) return;
  for (const [integrationType, state] of Object.entries(after.integrations)) {
    const known = new Map(listed(before.integrations[integrationType]).map((one) => [one?.id, one?.status]));
    for (const credential of listed(state)) {
      const previousStatus = known.get(credential?.id);
      if (!previousStatus || previousStatus === credential.status) continue;
      const { id: credentialId, status } = credential;
      tell("onCredentialStatusChange", { integrationType, credentialId, status, previousStatus });
    }
  }
}

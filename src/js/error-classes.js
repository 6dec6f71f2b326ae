// The official names of errors, as classes: for `instanceof`, and for tests of apps that throw one. The SDK itself throws
// only ParagonErrors; one is an instance of the class of its `name`.

import { ParagonError } from "./errors.js";

// `fields` makes what is particular of one from the constructor's argument.
const named = (name, code, message, fields = () => ({})) =>
  class extends ParagonError {
    static name = name;

    static [Symbol.hasInstance](value) {
      return value instanceof ParagonError && value.name === name;
    }

    constructor(argument) {
      super({ name, code, message, ...fields(argument) });
    }
  };

const about = (integrationName) => ({ meta: { integrationName } });

export const UserNotAuthenticatedError = /* @__PURE__ */ named(
  "UserNotAuthenticatedError",
  "USER_NOT_AUTHENTICATED",
  "No user is authenticated.",
);
export const NoActiveInstallFlowError = /* @__PURE__ */ named(
  "NoActiveInstallFlowError",
  "NO_ACTIVE_INSTALL_FLOW",
  "No install flow is under way.",
);
export const IntegrationNotFoundError = /* @__PURE__ */ named(
  "IntegrationNotFoundError",
  "INTEGRATION_UNKNOWN",
  "There is no such integration in this project.",
  about,
);
export const IntegrationNotInstalledError = /* @__PURE__ */ named(
  "IntegrationNotInstalledError",
  "INTEGRATION_NOT_INSTALLED",
  "The user has no connected account for this integration.",
  about,
);
export const HeadlessModeNotEnabledError = /* @__PURE__ */ named(
  "HeadlessModeNotEnabledError",
  "HEADLESS_MODE_NOT_ENABLED",
  "This works in headless mode only.",
);
export const OAuthBlockedError = /* @__PURE__ */ named(
  "OAuthBlockedError",
  "OAUTH_BLOCKED",
  "The browser blocked the popup.",
);
export const OAuthTimeoutError = /* @__PURE__ */ named(
  "OAuthTimeoutError",
  "OAUTH_TIMEOUT",
  "The user did not finish at the provider in time.",
);

// Whatever was thrown, as a plain object.
export function getConnectSDKError(error) {
  if (error instanceof ParagonError) {
    const { name, message, meta } = error;
    return { name, message, meta };
  }
  const message = error instanceof Error ? error.message : "Something was thrown that is no error.";
  return { name: "UnknownError", message, originalError: error };
}

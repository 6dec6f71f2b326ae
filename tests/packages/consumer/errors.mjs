// Errors that are thrown, made and read.
import {
  BaseSDKError,
  IntegrationNotInstalledError,
  OAuthTimeoutError,
  ParagonError,
  UserNotAuthenticatedError,
  getConnectSDKError,
  paragon,
} from "@useparagon/connect";

const error = await paragon.request("slack", "/").catch((thrown) => thrown);
const made = new IntegrationNotInstalledError("slack");
const { name, meta } = getConnectSDKError(new OAuthTimeoutError());
const foreign = getConnectSDKError(new Error("boom"));
console.log(
  JSON.stringify({
    thrown: [
      error.name,
      error instanceof UserNotAuthenticatedError,
      error instanceof BaseSDKError,
      error instanceof ParagonError,
      error instanceof OAuthTimeoutError,
    ],
    made: [made.name, made.meta, made.integrationName, made instanceof IntegrationNotInstalledError, made instanceof Error],
    caught: { name, meta },
    foreign: { name: foreign.name, message: foreign.message },
  }),
);

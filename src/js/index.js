// What the package exports.

export { createParagon, paragon } from "./paragon.js";
export * from "./constants.js";
export * from "./enums.js";
export * from "./error-classes.js";
export { ConnectSDK, ConnectSDK as default, ExternalFilePicker, InstallFlow, connectSingleton } from "./connect-sdk.js";
export { ParagonError, ParagonError as BaseSDKError } from "./errors.js";
export { paginate } from "./paginate.js";

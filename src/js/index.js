// What the package exports.

export { createParagon, paragon } from "./paragon.js";
export { paginate } from "./paginate.js";
export { ParagonError } from "./errors.js";
export { CredentialStatus, DataSourceType, SDK_EVENT, SidebarInputType } from "./enums.js";

// Names that the platform and the SDK agree on, for apps that import them.

export const SELECTED_CREDENTIAL_ID_HEADER = "X-Paragon-Credential";
export const SELECTED_CREDENTIAL_CONFIG_ID_HEADER = "X-Paragon-Configuration-Id";
export const SDK_VERSION_HEADER = "X-Paragon-SDK-Version";
export const INFER_CONTENT_TYPE_FROM_CONNECT_OPTIONS = "auto";
export const PARAGON_OVERFLOW_EMPTY_VALUE = "PARAGON_OVERFLOW_EMPTY_VALUE";

export const overrideActionAlias = { "monday.com": "monday", "wordpress.com": "wordpress" };

export const AUTH_TOKEN_ALLOWED_INTEGRATIONS = {
  box: { accessTokenPath: "OAUTH_ACCESS_TOKEN" },
  googledrive: { accessTokenPath: "OAUTH_ACCESS_TOKEN" },
  onedrive: { accessTokenPath: "OAUTH_ACCESS_TOKEN", domain: "DOMAIN" },
  sharepoint: { accessTokenPath: "OAUTH_ACCESS_TOKEN" },
};

export const CONNECT_PLAN_FEATURE_MAP = {
  basic: [],
  pro: ["byo", "headless-cp", "monitoring", "user-metadata", "whitelabel"],
  connect_enterprise: [
    "byo",
    "dfm",
    "headless-cp",
    "th-api",
    "monitoring",
    "rbac",
    "user-metadata",
    "whitelabel",
    "workflow-permissions",
  ],
};

// Names that the platform and the SDK agree on.

/** The header that names the account of a call. */
export declare const SELECTED_CREDENTIAL_ID_HEADER = "X-Paragon-Credential";
/** The header that names the configuration of a call. */
export declare const SELECTED_CREDENTIAL_CONFIG_ID_HEADER = "X-Paragon-Configuration-Id";
/** The header that carries the version of this package. */
export declare const SDK_VERSION_HEADER = "X-Paragon-SDK-Version";
/** As the content type of a `request()`: the platform finds out itself. */
export declare const INFER_CONTENT_TYPE_FROM_CONNECT_OPTIONS = "auto";

/** Integrations whose icon has another name than their type. */
export declare const overrideActionAlias: Partial<Record<string, string>>;

export type ALLOWED_FIELDS = "accessTokenPath" | "domain";

/** Integrations whose token `getIntegrationAccount` may give out, and where in `accountAuth` it is. */
export declare const AUTH_TOKEN_ALLOWED_INTEGRATIONS: Record<string, Partial<Record<ALLOWED_FIELDS, string>>>;

/** Values of `document.readyState`. */
export declare enum DocumentLoadingState {
  LOADING = "loading",
  INTERACTIVE = "interactive",
  COMPLETE = "complete",
}

/** Secrets that an end user may supply. */
export declare enum TokenType {
  ACCESS_TOKEN = "ACCESS_TOKEN",
  REFRESH_TOKEN = "REFRESH_TOKEN",
  BOT_TOKEN = "BOT_TOKEN",
  KLAVIYO_API_KEY = "KLAVIYO_API_KEY",
  MARKETO_CLIENT_ID = "MARKETO_CLIENT_ID",
  /** Spelt as the platform spells it. */
  MARKETO_CLIENT_SECRET = "MARKETO_CLIENT_SECRETI",
  MARKETO_ENDPOINT = "MARKETO_ENDPOINT",
  MARKETO_IDENTITY = "MARKETO_IDENTITY",
  MONDAY_API_TOKEN = "MONDAY_API_TOKEN",
  ORACLE_CLOUD_URL = "ORACLE_CLOUD_URL",
  ORACLE_PASSWORD = "ORACLE_PASSWORD",
  ORACLE_USERNAME = "ORACLE_USERNAME",
  SAGE_INTACCT_COMPANY_ID = "SAGE_INTACCT_COMPANY_ID",
  SAGE_INTACCT_USER_ID = "SAGE_INTACCT_USER_ID",
  SAGE_INTACCT_USER_PASSWORD = "SAGE_INTACCT_USER_PASSWORD",
  SAILTHRU_COMPANY_KEY = "SAILTHRU_COMPANY_KEY",
  SAILTHRU_COMPANY_SECRET = "SAILTHRU_COMPANY_SECRET",
  SERVICENOW_PASSWORD = "SERVICENOW_PASSWORD",
  SERVICENOW_SUBDOMAIN = "SERVICENOW_SUBDOMAIN",
  SERVICENOW_USERNAME = "SERVICENOW_USERNAME",
  TABLEAU_PERSONAL_ACCESS_TOKEN_NAME = "TABLEAU_PERSONAL_ACCESS_TOKEN_NAME",
  TABLEAU_PERSONAL_ACCESS_TOKEN_SECRET = "TABLEAU_PERSONAL_ACCESS_TOKEN_SECRET",
  TABLEAU_SERVER_NAME = "TABLEAU_SERVER_NAME",
  TABLEAU_SITE_ID = "TABLEAU_SITE_ID",
  TRELLO_API_KEY = "TRELLO_API_KEY",
  TRELLO_API_TOKEN = "TRELLO_API_TOKEN",
  WOOCOMMERCE_CONSUMER_KEY = "WOOCOMMERCE_CONSUMER_KEY",
  WOOCOMMERCE_CONSUMER_SECRET = "WOOCOMMERCE_CONSUMER_SECRET",
  WOOCOMMERCE_STORE_DOMAIN = "WOOCOMMERCE_STORE_DOMAIN",
  WORKABLE_API_ACCESS_TOKEN = "WORKABLE_API_ACCESS_TOKEN",
  WORKABLE_ACCOUNT_SUBDOMAIN = "WORKABLE_ACCOUNT_SUBDOMAIN",
  ZOHO_CRM_ACCOUNTS_SERVER = "ZOHO_CRM_ACCOUNTS_SERVER",
  ZOHO_CRM_API_DOMAIN = "ZOHO_CRM_API_DOMAIN",
}

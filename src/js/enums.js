// The enums of the public types that exist at run time. Each is marked as free of side effects, so that bundlers leave out
// those that an app does not use.

export const SDK_EVENT = /* @__PURE__ */ Object.freeze({
  ON_INTEGRATION_INSTALL: "onIntegrationInstall",
  ON_INTEGRATION_UNINSTALL: "onIntegrationUninstall",
  ON_WORKFLOW_CHANGE: "onWorkflowChange",
  ON_PORTAL_OPEN: "onPortalOpen",
  ON_PORTAL_CLOSE: "onPortalClose",
});

export const CredentialStatus = /* @__PURE__ */ Object.freeze({
  PENDING: "PENDING",
  INVALID: "INVALID",
  VALID: "VALID",
});

export const SidebarInputType = /* @__PURE__ */ Object.freeze({
  Auth: "AUTH",
  Enum: "ENUM",
  DynamicEnum: "DYNAMIC_ENUM",
  Intent: "INTENT",
  Text: "TEXT",
  TextArea: "TEXTAREA",
  ValueText: "TEXT_NO_VARS",
  ValueTextArea: "TEXTAREA_NO_VARS",
  Code: "CODE",
  ActionButton: "ACTION_BUTTON",
  Conditional: "CONDITIONAL",
  CustomDropdown: "CUSTOM_DROPDOWN",
  DynamicConditional: "DYNAMIC_CONDITIONAL",
  NestedList: "NESTED_LIST",
  File: "FILE",
  EditableDynamicEnum: "EDITABLE_DYNAMIC_ENUM",
  EditableEnum: "EDITABLE_ENUM",
  BooleanInput: "BOOLEAN_INPUT",
  UserSuppliedCredential: "USER_SUPPLIED_CREDENTIAL",
  NativeDynamicEnumInput: "NATIVE_DYNAMIC_INPUT",
  TimeConstraintInput: "TIME_CONSTRAINT_INPUT",
  LinesListInput: "LinesListInput",
  LinesListDynamicInput: "LinesListDynamicInput",
  Number: "NUMBER",
  Email: "EMAIL",
  URL: "URL",
  EnumTextAreaPairInput: "EnumTextAreaPairInput",
  FieldMapper: "FIELD_MAPPER",
  ComboInput: "COMBO_INPUT",
  Password: "PASSWORD",
  Switch: "SWITCH",
  DynamicComboInput: "DYNAMIC_COMBO_INPUT",
  CopyableButtonInput: "COPYABLE_BUTTON_INPUT",
  Permission: "PERMISSION",
});

export const DataSourceType = /* @__PURE__ */ Object.freeze({
  DYNAMIC: "DYNAMIC_DATA_SOURCE",
  STATIC_ENUM: "STATIC_ENUM_DATA_SOURCE",
  FIELD_MAPPER: "FIELD_MAPPER_DATA_SOURCE",
  COMBO_INPUT: "COMBO_INPUT_DATA_SOURCE",
  DYNAMIC_COMBO_INPUT: "DYNAMIC_COMBO_INPUT_DATA_SOURCE",
});

export const BillingPlan = /* @__PURE__ */ Object.freeze({
  ClassicFree: "free",
  ClassicStarter: "starter",
  ClassicBusiness: "business",
  ClassicPremium: "premium",
  ClassicEnterprise: "enterprise",
  ConnectTrial: "connect_trial",
  ConnectBasic: "basic",
  ConnectPro: "pro",
  ConnectEnterprise: "connect_enterprise",
});

export const ConnectAddOn = /* @__PURE__ */ Object.freeze({
  CustomIntegrationBuilder: "byo",
  DynamicFieldMapper: "dfm",
  HeadlessConnectPortal: "headless-cp",
  TaskHistoryAPI: "th-api",
  Monitoring: "monitoring",
  RoleBasedAccessControl: "rbac",
  UserMetadata: "user-metadata",
  WhiteLabeling: "whitelabel",
  WorkflowPermission: "workflow-permissions",
});

export const DataType = /* @__PURE__ */ Object.freeze({
  STRING: "STRING",
  NUMBER: "NUMBER",
  DATE: "DATE",
  BOOLEAN: "BOOLEAN",
  EMAIL: "EMAIL",
  OBJECT: "OBJECT",
  ARRAY: "ARRAY",
  ANY: "ANY",
  FILE: "FILE",
  NON_DECIMAL: "NON_DECIMAL",
});

export const DelayUnit = /* @__PURE__ */ Object.freeze({
  SECONDS: "SECONDS",
  MINUTES: "MINUTES",
  HOURS: "HOURS",
  DAYS: "DAYS",
});

export const DocumentLoadingState = /* @__PURE__ */ Object.freeze({
  LOADING: "loading",
  INTERACTIVE: "interactive",
  COMPLETE: "complete",
});

export const DynamicFieldMappingLoaderType = /* @__PURE__ */ Object.freeze({
  OBJECT_TYPES: "objectTypes",
  INTEGRATION_FIELDS: "integrationFields",
});

export const FilePickerStatus = /* @__PURE__ */ Object.freeze({
  LOADING: "loading",
  FAILED: "failed",
  LOADED: "loaded",
});

export const ModalView = /* @__PURE__ */ Object.freeze({ OVERVIEW: "overview", CONFIGURATION: "configuration" });

export const NODE_ENV = /* @__PURE__ */ Object.freeze({
  PRODUCTION: "production",
  DEVELOPMENT: "development",
  TEST: "test",
});

export const Operator = /* @__PURE__ */ Object.freeze({
  None: "$none",
  StringContains: "$stringContains",
  StringDoesNotContain: "$stringDoesNotContain",
  StringExactlyMatches: "$stringExactlyMatches",
  StringDoesNotExactlyMatch: "$stringDoesNotExactlyMatch",
  StringIsIn: "$stringIsIn",
  StringIsNotIn: "$stringIsNotIn",
  StringStartsWith: "$stringStartsWith",
  StringDoesNotStartWith: "$stringDoesNotStartWith",
  StringEndsWith: "$stringEndsWith",
  StringDoesNotEndWith: "$stringDoesNotEndWith",
  NumberGreaterThan: "$numberGreaterThan",
  NumberLessThan: "$numberLessThan",
  NumberEquals: "$numberEquals",
  NumberDoesNotEqual: "$numberDoesNotEqual",
  NumberLessThanOrEqualTo: "$numberLessThanOrEqualTo",
  NumberGreaterThanOrEqualTo: "$numberGreaterThanOrEqualTo",
  DateTimeAfter: "$dateTimeAfter",
  DateTimeBefore: "$dateTimeBefore",
  DateTimeEquals: "$dateTimeEquals",
  BooleanTrue: "$booleanTrue",
  BooleanFalse: "$booleanFalse",
  IsNotNull: "$exists",
  IsNull: "$doesNotExist",
  Exists: "$isNotUndefinedOrNull",
  DoesNotExist: "$isUndefinedOrNull",
  ArrayIsIn: "$arrayIsIn",
  ArrayIsNotIn: "$arrayIsNotIn",
  ArrayIsEmpty: "$arrayIsEmpty",
  ArrayIsNotEmpty: "$arrayIsNotEmpty",
  StringGreaterThan: "$stringGreaterThan",
  StringLessThan: "$stringLessThan",
});

export const PLATFORM_ENV = /* @__PURE__ */ Object.freeze({
  PRODUCTION: "production",
  PRODUCTION_MIRROR_1: "p-m1",
  STAGING: "staging",
  STAGING_MIRROR_1: "s-m1",
  DEVELOPMENT: "dev",
  TEST: "test",
  SANDBOX: "sandbox",
  RELEASE: "release",
  ENTERPRISE: "enterprise",
});

export const TokenType = /* @__PURE__ */ Object.freeze({
  ACCESS_TOKEN: "ACCESS_TOKEN",
  REFRESH_TOKEN: "REFRESH_TOKEN",
  BOT_TOKEN: "BOT_TOKEN",
  KLAVIYO_API_KEY: "KLAVIYO_API_KEY",
  MARKETO_CLIENT_ID: "MARKETO_CLIENT_ID",
  MARKETO_CLIENT_SECRET: "MARKETO_CLIENT_SECRETI",
  MARKETO_ENDPOINT: "MARKETO_ENDPOINT",
  MARKETO_IDENTITY: "MARKETO_IDENTITY",
  MONDAY_API_TOKEN: "MONDAY_API_TOKEN",
  ORACLE_CLOUD_URL: "ORACLE_CLOUD_URL",
  ORACLE_PASSWORD: "ORACLE_PASSWORD",
  ORACLE_USERNAME: "ORACLE_USERNAME",
  SAGE_INTACCT_COMPANY_ID: "SAGE_INTACCT_COMPANY_ID",
  SAGE_INTACCT_USER_ID: "SAGE_INTACCT_USER_ID",
  SAGE_INTACCT_USER_PASSWORD: "SAGE_INTACCT_USER_PASSWORD",
  SAILTHRU_COMPANY_KEY: "SAILTHRU_COMPANY_KEY",
  SAILTHRU_COMPANY_SECRET: "SAILTHRU_COMPANY_SECRET",
  SERVICENOW_PASSWORD: "SERVICENOW_PASSWORD",
  SERVICENOW_SUBDOMAIN: "SERVICENOW_SUBDOMAIN",
  SERVICENOW_USERNAME: "SERVICENOW_USERNAME",
  TABLEAU_PERSONAL_ACCESS_TOKEN_NAME: "TABLEAU_PERSONAL_ACCESS_TOKEN_NAME",
  TABLEAU_PERSONAL_ACCESS_TOKEN_SECRET: "TABLEAU_PERSONAL_ACCESS_TOKEN_SECRET",
  TABLEAU_SERVER_NAME: "TABLEAU_SERVER_NAME",
  TABLEAU_SITE_ID: "TABLEAU_SITE_ID",
  TRELLO_API_KEY: "TRELLO_API_KEY",
  TRELLO_API_TOKEN: "TRELLO_API_TOKEN",
  WOOCOMMERCE_CONSUMER_KEY: "WOOCOMMERCE_CONSUMER_KEY",
  WOOCOMMERCE_CONSUMER_SECRET: "WOOCOMMERCE_CONSUMER_SECRET",
  WOOCOMMERCE_STORE_DOMAIN: "WOOCOMMERCE_STORE_DOMAIN",
  WORKABLE_API_ACCESS_TOKEN: "WORKABLE_API_ACCESS_TOKEN",
  WORKABLE_ACCOUNT_SUBDOMAIN: "WORKABLE_ACCOUNT_SUBDOMAIN",
  ZOHO_CRM_ACCOUNTS_SERVER: "ZOHO_CRM_ACCOUNTS_SERVER",
  ZOHO_CRM_API_DOMAIN: "ZOHO_CRM_API_DOMAIN",
});

export const TriggerModel = /* @__PURE__ */ Object.freeze({ POLLING: "POLLING", WEBHOOK: "WEBHOOK" });

export const VariableInputType = /* @__PURE__ */ Object.freeze({
  MultiSelect: "multi",
  String: "string",
  Dropdown: "dropdown",
  MultiSelectCheckbox: "multiCheckbox",
  Number: "number",
});

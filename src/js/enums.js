// The enums of the public types that exist at run time.

export const SDK_EVENT = Object.freeze({
  ON_INTEGRATION_INSTALL: "onIntegrationInstall",
  ON_INTEGRATION_UNINSTALL: "onIntegrationUninstall",
  ON_WORKFLOW_CHANGE: "onWorkflowChange",
  ON_PORTAL_OPEN: "onPortalOpen",
  ON_PORTAL_CLOSE: "onPortalClose",
});

export const CredentialStatus = Object.freeze({ PENDING: "PENDING", INVALID: "INVALID", VALID: "VALID" });

export const SidebarInputType = Object.freeze({
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

export const DataSourceType = Object.freeze({
  DYNAMIC: "DYNAMIC_DATA_SOURCE",
  STATIC_ENUM: "STATIC_ENUM_DATA_SOURCE",
  FIELD_MAPPER: "FIELD_MAPPER_DATA_SOURCE",
  COMBO_INPUT: "COMBO_INPUT_DATA_SOURCE",
  DYNAMIC_COMBO_INPUT: "DYNAMIC_COMBO_INPUT_DATA_SOURCE",
});

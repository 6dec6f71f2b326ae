// Inputs that an integration asks its users for, their values, and where their choices come from.

/** The kind of an input; it decides the control to draw and the type of its value. */
export declare enum SidebarInputType {
  Auth = "AUTH",
  Enum = "ENUM",
  DynamicEnum = "DYNAMIC_ENUM",
  Intent = "INTENT",
  Text = "TEXT",
  TextArea = "TEXTAREA",
  ValueText = "TEXT_NO_VARS",
  ValueTextArea = "TEXTAREA_NO_VARS",
  Code = "CODE",
  ActionButton = "ACTION_BUTTON",
  Conditional = "CONDITIONAL",
  CustomDropdown = "CUSTOM_DROPDOWN",
  DynamicConditional = "DYNAMIC_CONDITIONAL",
  NestedList = "NESTED_LIST",
  File = "FILE",
  EditableDynamicEnum = "EDITABLE_DYNAMIC_ENUM",
  EditableEnum = "EDITABLE_ENUM",
  BooleanInput = "BOOLEAN_INPUT",
  UserSuppliedCredential = "USER_SUPPLIED_CREDENTIAL",
  NativeDynamicEnumInput = "NATIVE_DYNAMIC_INPUT",
  TimeConstraintInput = "TIME_CONSTRAINT_INPUT",
  LinesListInput = "LinesListInput",
  LinesListDynamicInput = "LinesListDynamicInput",
  Number = "NUMBER",
  Email = "EMAIL",
  URL = "URL",
  EnumTextAreaPairInput = "EnumTextAreaPairInput",
  FieldMapper = "FIELD_MAPPER",
  ComboInput = "COMBO_INPUT",
  Password = "PASSWORD",
  Switch = "SWITCH",
  DynamicComboInput = "DYNAMIC_COMBO_INPUT",
  CopyableButtonInput = "COPYABLE_BUTTON_INPUT",
  Permission = "PERMISSION",
}

/** The kind of a data source. */
export declare enum DataSourceType {
  DYNAMIC = "DYNAMIC_DATA_SOURCE",
  STATIC_ENUM = "STATIC_ENUM_DATA_SOURCE",
  FIELD_MAPPER = "FIELD_MAPPER_DATA_SOURCE",
  COMBO_INPUT = "COMBO_INPUT_DATA_SOURCE",
  DYNAMIC_COMBO_INPUT = "DYNAMIC_COMBO_INPUT_DATA_SOURCE",
}

/** What every input has. */
interface BaseInput {
  /** The key of its value. */
  id: string;
  /** Its label. */
  title: string;
  /** Help text. */
  subtitle?: string;
  placeholder?: string;
  /** Absent means required. */
  required?: boolean;
  defaultValue?: any;
  documentationLink?: string;
  documentationLinkLabel?: string;
  /** Not to be shown. */
  hidden?: boolean;
  /** Shown, but not to be changed. */
  readOnly?: boolean;
}

/** An input of an install flow: account type values, pre options and post options. */
export interface IntegrationConnectInput extends BaseInput {
  type:
    | SidebarInputType.ValueText
    | SidebarInputType.Password
    | SidebarInputType.DynamicEnum
    | SidebarInputType.ComboInput
    | SidebarInputType.Enum
    | SidebarInputType.Switch
    | SidebarInputType.ValueTextArea;
  /** The HTML input type of a text input. */
  inputType?: string;
  /** Fixed text before the value, such as `https://`. */
  prefixLabel?: string;
  /** Fixed text after the value, such as `.example.com`. */
  suffixLabel?: string;
  /** The data source of its choices: pass it as `action` to `getFieldOptions`. */
  sourceType?: string;
  fallbackText?: string;
  hiddenInConnect?: boolean;
}

/** Properties that any setting may have beside those of its type. */
type SettingExtras = {
  tooltip?: string;
};

/** Properties of a setting whose choices come from a data source. */
type SourcedSetting = {
  /** The data source of its choices: pass it as `action` to `getFieldOptions`. */
  sourceType?: string;
  fallbackText?: string;
};

interface PlainSetting<Type extends SidebarInputType> extends BaseInput {
  type: Type;
}

type SettingByType = {
  [SidebarInputType.BooleanInput]: PlainSetting<SidebarInputType.BooleanInput>;
  [SidebarInputType.Switch]: PlainSetting<SidebarInputType.Switch> & { toolTipText?: string; titleText?: string };
  [SidebarInputType.ValueText]: PlainSetting<SidebarInputType.ValueText> & { inputType?: string };
  [SidebarInputType.Number]: PlainSetting<SidebarInputType.Number>;
  [SidebarInputType.Email]: PlainSetting<SidebarInputType.Email>;
  [SidebarInputType.URL]: PlainSetting<SidebarInputType.URL>;
  [SidebarInputType.Password]: PlainSetting<SidebarInputType.Password>;
  [SidebarInputType.File]: PlainSetting<SidebarInputType.File>;
  [SidebarInputType.CopyableButtonInput]: PlainSetting<SidebarInputType.CopyableButtonInput>;
  [SidebarInputType.CustomDropdown]: PlainSetting<SidebarInputType.CustomDropdown> & {
    /** Which of the app's own lists it offers. */
    key: string;
    keyIsDefault: boolean;
    customDropdownOptions?: CustomDropdownField[];
  };
  [SidebarInputType.DynamicEnum]: PlainSetting<SidebarInputType.DynamicEnum> & SourcedSetting;
  [SidebarInputType.ComboInput]: PlainSetting<SidebarInputType.ComboInput> &
    SourcedSetting & { savedFieldMappings?: { label: string }[] };
  [SidebarInputType.DynamicComboInput]: PlainSetting<SidebarInputType.DynamicComboInput> &
    SourcedSetting & { useDynamicFields?: boolean };
  [SidebarInputType.FieldMapper]: PlainSetting<SidebarInputType.FieldMapper> &
    SourcedSetting & {
      useDynamicMapper?: boolean;
      dynamicObjectName?: string;
      dynamicObjectOptions?: DynamicMappingOptions | DynamicMappingField[];
      /** One nested choice for each of these labels. */
      savedFieldMappings: { label: string }[];
    };
  [SidebarInputType.Permission]: PlainSetting<SidebarInputType.Permission> & {
    /** Names of scopes that cannot be taken away. */
    requiredScopes: string[];
    scopes: { values: ScopeValue[] };
  };
};

/** The types that a user setting can have. */
export type SupportedConnectInputType = keyof SettingByType;

/** A user setting of an integration or of a workflow, as `getIntegrationConfig` lists it. */
export type SerializedConnectInput<Type extends SupportedConnectInputType = SupportedConnectInputType> = {
  [T in SupportedConnectInputType]: SettingByType[T];
}[Type] &
  SettingExtras;

export type ScopeValue = {
  name: string;
  description: string;
  label?: string;
  required?: boolean;
};

export type CustomDropdownField = {
  label: string;
  value: string;
};

export type DynamicMappingField = {
  label: string;
  value: string;
};

export type DynamicMappingOptions = {
  fields: DynamicMappingField[];
  userCanRemoveMappings?: boolean;
  userCanCreateFields?: boolean;
  defaultFields?: string[];
  useBYOFieldMappingOption?: boolean;
};

type ComboInputValue = {
  mainInput?: string;
  dependentInput?: string;
  fieldMappings?: { [label: string]: string | undefined };
};

type FieldMappingValue = {
  objectMapping?: string;
  fieldMappings?: { [label: string]: string | undefined };
  dynamicMappings?: {
    [mappingKey: string]: { applicationField?: string; integrationField?: string };
  };
  userCreatedFields?: string[];
  /** Absent means `"STATIC"`. */
  mappingType?: "STATIC" | "DYNAMIC";
};

/** The value of an input; which of these it is follows from the input's type. */
export type ConnectInputValue = string | number | boolean | FieldMappingValue | ComboInputValue | undefined;

/** One choice. */
export type EnumInputValue<T = any> = {
  value: T;
  label: string;
  /** A second line that explains the choice. */
  subtitle?: string;
};

/** Choices under a heading. */
export type EnumSection<T = any> = {
  title: string;
  items: EnumInputValue<T>[];
};

/** An input that only exists once other inputs have values. */
export type DynamicDefaultInput = {
  required: boolean;
  id: string;
  title: string;
  type: "multi" | "string" | "dropdown" | "multiCheckbox" | "number";
  items: EnumInputValue[];
  supportDifferentTextFormat: boolean;
  textFormat: string;
  identifierKey: string;
  supportAddItem?: boolean;
  returnsArrayStrings?: boolean;
};

/** A named value that an action is called with. */
export type KeyedSource = {
  key: string;
  source: { type: "VALUE"; value: any; dataType?: string };
};

/** Choices that never change. */
export type StaticEnumDataSource = {
  type: DataSourceType.STATIC_ENUM;
  id: string;
  title?: string;
  values: EnumInputValue[];
};

/** Any data source; its `type` says which. */
export type DataSource = DynamicDataSource | StaticEnumDataSource | { type: DataSourceType; [key: string]: unknown };

/** A source whose choices the platform reads from the connected account. */
export type DynamicDataSource = {
  type: DataSourceType.DYNAMIC;
  title: string;
  subtitle?: string;
  /** Its key: what `getFieldOptions` takes as `action`. */
  cacheKey?: string;
  /** True: the platform searches and pages. False or absent: it answers the whole list at once. */
  supportPagination?: boolean;
  /** Keys of the values that its choices depend on. */
  refreshDependencies?: unknown[];
};

type FieldOptionsQuery = {
  /** The integration's type, such as `"slack"`. */
  integration: string;
  /** Only choices that match this text; for sources that page. */
  search?: string;
  /** `nextPageCursor` of the answer before; leave it out for the first page. */
  cursor?: string | number | false;
  /** Values that the choices depend on. */
  parameters?: KeyedSource[];
  /** Which account to read from: a credential id, `ext:<external id>`, or an external id. */
  selectedCredentialId?: string;
};

/** Which choices to load: those of a source named by its key, or of a source object. */
export type FieldOptionsRequest = FieldOptionsQuery & ({ action: string } | { source: DynamicDataSource });

/** One page of choices. */
export type FieldOptions = {
  data: EnumInputValue[] | EnumSection[];
  /** Further inputs that the source asks for. */
  nestedData: DynamicDefaultInput[];
  /** Null on the last page. */
  nextPageCursor: string | null;
};

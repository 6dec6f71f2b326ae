// Inputs that an integration asks its users for, and their values. Where choices come from is in `sources.d.ts`.
import type {
  ActionStepParameters,
  ComboInputDataSource,
  CustomDropdownField,
  DynamicComboInputDataSource,
  DynamicDataSource,
  DynamicMappingField,
  DynamicMappingOptions,
  EnumInputValue,
  FieldMapperDataSource,
} from "./sources.js";

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

export interface BooleanInput extends BaseInput {
  type: SidebarInputType.BooleanInput;
}

export interface SwitchInput extends BaseInput {
  type: SidebarInputType.Switch;
  toolTipText?: string;
  titleText?: string;
}

export interface ValueTextInput extends BaseInput {
  type: SidebarInputType.ValueText;
  /** The HTML input type. */
  inputType?: string;
}

export interface NumberInput extends BaseInput {
  type: SidebarInputType.Number;
}

export interface EmailInput extends BaseInput {
  type: SidebarInputType.Email;
}

export interface URLInput extends BaseInput {
  type: SidebarInputType.URL;
}

export interface PasswordInput extends BaseInput {
  type: SidebarInputType.Password;
}

export interface FileInput extends BaseInput {
  type: SidebarInputType.File;
}

/** A text for the user to copy. */
export interface CopyableButtonInput extends BaseInput {
  type: SidebarInputType.CopyableButtonInput;
}

/** A choice among what the app offers: see `setDataSources`. */
export interface CustomDropdownInput extends BaseInput {
  type: SidebarInputType.CustomDropdown;
  /** Which of the app's lists or loaders it offers. */
  key: string;
  keyIsDefault: boolean;
  /** Offered if the app gives none. */
  customDropdownOptions?: CustomDropdownField[];
}

/** A choice among fixed values. */
export interface EnumInput extends BaseInput {
  type: SidebarInputType.Enum;
  /** Declared for apps that name it; inputs that come from the platform have a `sourceType` instead. */
  getValues: (options: ActionStepParameters, inputs: any[], activeInput: any) => EnumInputValue[];
}

/** An input whose choices come from the connected account. */
export type DynamicInput<TValues = EnumInputValue[]> = BaseInput & {
  source: DynamicDataSource<TValues>;
};

export interface DynamicEnumInput<TValues = EnumInputValue[]> extends Omit<EnumInput, "type">, DynamicInput<TValues> {
  type: SidebarInputType.DynamicEnum;
  source: DynamicDataSource<TValues>;
}

/** Two choices; the second depends on the first. */
export interface ComboInput extends BaseInput {
  type: SidebarInputType.ComboInput;
  source: ComboInputDataSource;
  savedFieldMappings?: { label: string }[];
}

/** Values for the fields of an object of the provider. */
export interface DynamicComboInput extends BaseInput {
  type: SidebarInputType.DynamicComboInput;
  source: DynamicComboInputDataSource;
  useDynamicFields?: boolean;
}

/** Which field of the provider stands for which field of the app. */
export interface FieldMapperInput extends BaseInput {
  type: SidebarInputType.FieldMapper;
  source: FieldMapperDataSource;
  /** True: the app's fields come from `setDataSources({ mapObjectFields })`, under `dynamicObjectName`. */
  useDynamicMapper?: boolean;
  dynamicObjectName?: string;
  dynamicObjectOptions?: DynamicMappingOptions | DynamicMappingField[];
  /** One nested choice for each of these labels. */
  savedFieldMappings: { label: string }[];
}

export type ScopeValue = {
  name: string;
  description: string;
  label?: string;
  required?: boolean;
};

export interface PermissionInput extends BaseInput {
  type: SidebarInputType.Permission;
  /** Names of scopes that cannot be taken away. */
  requiredScopes: string[];
  scopes: { values: ScopeValue[] };
}

export type SidebarInput =
  | BooleanInput
  | SwitchInput
  | ValueTextInput
  | NumberInput
  | EmailInput
  | URLInput
  | PasswordInput
  | CustomDropdownInput
  | DynamicEnumInput
  | ComboInput
  | DynamicComboInput
  | FieldMapperInput
  | CopyableButtonInput
  | PermissionInput
  | FileInput;

/** A setting whose choices come from a data source. */
type SourcedSetting = {
  /** Its data source: pass it as `action` to `getFieldOptions`. */
  sourceType?: string;
  fallbackText?: string;
};

interface EnumSetting extends BaseInput, SourcedSetting {
  type: SidebarInputType.Enum;
}

interface TextAreaSetting extends BaseInput {
  type: SidebarInputType.ValueTextArea;
}

type SettingByType = {
  [Input in SidebarInput as Input["type"]]: Input extends { source: unknown }
    ? Omit<Input, "source" | "getValues"> & SourcedSetting
    : Input;
} & {
  [SidebarInputType.Enum]: EnumSetting;
  [SidebarInputType.ValueTextArea]: TextAreaSetting;
};

/** The types that a user setting can have. */
export type SupportedConnectInputType = keyof SettingByType;

/**
 * A user setting of an integration or of a workflow, as `getIntegrationConfig` lists it. The official declarations leave
 * static choices and text areas out, so they are not part of the default; platforms do send them:
 * `SerializedConnectInput<SupportedConnectInputType>` has them all.
 */
export type SerializedConnectInput<
  TInputType extends SupportedConnectInputType = Exclude<
    SupportedConnectInputType,
    SidebarInputType.Enum | SidebarInputType.ValueTextArea
  >,
> = {
  [T in SupportedConnectInputType]: SettingByType[T];
}[TInputType] & {
  tooltip?: string;
};

/** What `getSourcesForInput` looks at, of inputs of any kind. */
export type InputWithChoices = {
  id?: string;
  title?: string;
  type?: SidebarInputType | `${SidebarInputType}`;
  sourceType?: string;
  key?: string;
  customDropdownOptions?: CustomDropdownField[];
  useDynamicMapper?: boolean;
  dynamicObjectName?: string;
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

export {};

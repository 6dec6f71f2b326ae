// Where the choices of inputs come from: data sources of the project, lists and loaders of the app.
import type { DataType, KeyedSource, Operator, Source } from "./expressions.js";

/** The kind of a data source. */
export declare enum DataSourceType {
  DYNAMIC = "DYNAMIC_DATA_SOURCE",
  STATIC_ENUM = "STATIC_ENUM_DATA_SOURCE",
  FIELD_MAPPER = "FIELD_MAPPER_DATA_SOURCE",
  COMBO_INPUT = "COMBO_INPUT_DATA_SOURCE",
  DYNAMIC_COMBO_INPUT = "DYNAMIC_COMBO_INPUT_DATA_SOURCE",
}

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

type BasicDataSource = {
  title: string;
  subtitle?: string;
  /** Instead of the usual text below the input. */
  instructionalText?: string;
  hideFromConnectFieldTypes?: boolean;
  /** True: the platform searches and pages. False or absent: it answers the whole list at once. */
  supportPagination?: boolean;
};

/** Choices that are read when they are needed: by the platform from the connected account, or by a loader of the app. */
export type DynamicDataSource<TValues = EnumInputValue[]> = BasicDataSource & {
  type: DataSourceType.DYNAMIC;
  /** Its key: what `getFieldOptions` takes as `action`. */
  cacheKey?: string;
  /** Keys of the values that its choices depend on. */
  refreshDependencies?: (string | ((options: ActionStepParameters) => any))[];
  /** @deprecated Declared for apps that name it; it is not there at run time. Use `getFieldOptions`. */
  mapRefreshToValues: (response: any) => TValues;
  /** @deprecated Declared for apps that name it; it is not there at run time. Use `getFieldOptions`. */
  getRefreshActionParameters: (options: ActionStepParameters, inputs: any[], activeInput: any) => ActionStepParameters;
  /** @deprecated Declared for apps that name it; it is not there at run time. */
  onRefresh?: (value: any) => ActionResponse;
};

/** Choices that never change. */
export type StaticEnumDataSource = BasicDataSource & {
  type: DataSourceType.STATIC_ENUM;
  id: string;
  values: EnumInputValue[] | EnumSection[];
};

type ListSource = DynamicDataSource<(EnumSection | EnumInputValue)[]>;

/** Objects of the provider, and their fields. */
export type FieldMapperDataSource = BasicDataSource & {
  id: string;
  type: DataSourceType.FIELD_MAPPER;
  recordSource: ListSource;
  dependentInputSource?: ListSource;
  dependentFieldInputSource?: ListSource;
  fieldSource: ListSource;
};

/** Two choices; the second depends on the first. */
export type ComboInputDataSource = BasicDataSource & {
  id: string;
  type: DataSourceType.COMBO_INPUT;
  mainInputSource: ListSource;
  dependentInputSource: ListSource;
  fieldSource?: ListSource;
};

/** Two choices, and values for the fields that belong to them. */
export type DynamicComboInputDataSource = BasicDataSource & {
  id: string;
  type: DataSourceType.DYNAMIC_COMBO_INPUT;
  mainInputSource: ListSource;
  dependentInputSource: ListSource;
  variableInputSource?: ListSource;
  hoverDisplayText: string;
};

/** Any data source; its `type` says which. */
export type DataSource =
  | DynamicDataSource<any>
  | StaticEnumDataSource
  | FieldMapperDataSource
  | ComboInputDataSource
  | DynamicComboInputDataSource;

/** What a step is called with. */
export type ActionStepParameters = {
  actionType: string;
  credentials: string[];
  retryOnFailure?: boolean;
  ignoreFailure?: boolean;
  intent: string;
  actionParameters: KeyedSource<DataType.ANY>[];
};

declare enum ActionResponseStatus {
  INFO = "INFO",
  ERROR = "ERROR",
  SUCCESS = "SUCCESS",
}

declare enum ActionResponseType {
  NONE = "NONE",
  RE_AUTHENTICATE = "RE_AUTHENTICATE",
  ALERT = "ALERT",
  DISPATCH = "DISPATCH",
}

type ActionResponse =
  | { type: ActionResponseType.ALERT; status: ActionResponseStatus; message: string }
  | { type: ActionResponseType.DISPATCH; status: ActionResponseStatus; id: string; source: Source };

// What `getSourcesForInput` answers.

export type SingleSource = {
  kind: "single";
  source: DynamicDataSource<any> | StaticEnumDataSource;
};

/** The keys of a condition's left side. */
export type ConditionalSource = {
  kind: "conditional";
  source: DynamicDataSource<any>;
  supportedOperators?: `${Operator}`[];
};

export type FieldMapperSources = {
  kind: "fieldMapper";
  /** The provider's objects. */
  recordSource: DynamicDataSource<any>;
  /** The fields of one; its `parameters` name the object. */
  fieldSource: DynamicDataSource<any>;
  dependentInputSource?: DynamicDataSource<any>;
  dependentFieldInputSource?: DynamicDataSource<any>;
  /** The app's fields, from `setDataSources`. */
  mapObjectFieldOptions?: DynamicMappingOptions | DynamicMappingField[];
};

export type ComboSources = {
  kind: "combo";
  mainInputSource: DynamicDataSource<any>;
  dependentInputSource: DynamicDataSource<any>;
};

export type DefaultFieldValueSources = {
  kind: "defaultFieldValue";
  mainInputSource: DynamicDataSource<any>;
  dependentInputSource: DynamicDataSource<any>;
  variableInputSource?: DynamicDataSource<any>;
};

/** Where the choices of an input come from; narrow it by `kind`. */
export type InputSources =
  | SingleSource
  | ConditionalSource
  | FieldMapperSources
  | ComboSources
  | DefaultFieldValueSources;

// What `getFieldOptions` takes and answers.

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

type GivenSource = Pick<DynamicDataSource<any>, "type" | "cacheKey"> | Pick<StaticEnumDataSource, "type" | "values">;

/** Which choices to load: those of a source named by its key, or of a source object. */
export type FieldOptionsRequest = FieldOptionsQuery &
  (
    | { action: string; source?: undefined }
    | {
        action?: undefined;
        /** One of those that `getSourcesForInput` answers, or an object with as much of it. */
        source: GivenSource;
      }
  );

/** One page of choices. */
export type FieldOptions = {
  data: EnumInputValue[] | EnumSection[];
  /** Further inputs that the source asks for. */
  nestedData: DynamicDefaultInput[];
  /** Null on the last page. */
  nextPageCursor: string | null;
};

/** The control of a {@link DynamicDefaultInput}. */
export declare enum VariableInputType {
  MultiSelect = "multi",
  String = "string",
  Dropdown = "dropdown",
  MultiSelectCheckbox = "multiCheckbox",
  Number = "number",
}

/** An input that only exists once other inputs have values. */
export type DynamicDefaultInput = {
  required: boolean;
  id: string;
  title: string;
  type: VariableInputType;
  items: EnumInputValue[];
  supportDifferentTextFormat: boolean;
  textFormat: string;
  identifierKey: string;
  supportAddItem?: boolean;
  returnsArrayStrings?: boolean;
};

// What the app gives to `setDataSources` and `connect`.

export type CustomDropdownField = {
  label: string;
  value: string;
};

/** One page of what a loader of the app has loaded. */
export type LoadCustomDropdownOptionsResult = Promise<{
  options: CustomDropdownField[];
  /** Null on the last page. */
  nextPageCursor: string | null;
}>;

/** Choices that the app loads. */
export type CustomDropdownOptions = {
  /**
   * Loads one page. What it throws or rejects with is the `cause` of the error that the caller gets
   * (`LOADER_FAILED`); it has a minute (`LOADER_TIMEOUT`).
   * @param cursor `nextPageCursor` of the page before; undefined for the first
   */
  loadOptions: (cursor: string | undefined, search: string | undefined) => LoadCustomDropdownOptionsResult;
  /** True: the portal loads them anew whenever the choice is opened. Absent means false. */
  refreshOnOpen?: boolean;
};

/** A field of the app. */
export type DynamicMappingField = {
  label: string;
  value: string;
};

/** Fields of the app, and what users may do with the list. */
export type DynamicMappingOptions = {
  fields: DynamicMappingField[];
  userCanRemoveMappings?: boolean;
  userCanCreateFields?: boolean;
  /** Values of the fields that are there from the start. */
  defaultFields?: string[];
  /** True: the app loads the provider's side. */
  useBYOFieldMappingOption?: boolean;
};

export type DynamicFieldMappingOptionsResult = {
  options: { label: string; value: string }[];
  /** Null on the last page. */
  nextPageCursor: string | null;
};

/** Loads one page of the provider's objects. */
export type DynamicFieldMappingObjectTypesLoader = (
  cursor?: string,
  search?: string,
) => Promise<DynamicFieldMappingOptionsResult>;

/** Loads one page of an object's fields. */
export type DynamicFieldMappingIntegrationFieldsLoader = (
  params: { objectType: string },
  cursor?: string,
  search?: string,
) => Promise<DynamicFieldMappingOptionsResult>;

export type DynamicFieldMappingLoaders = {
  objectTypes: DynamicFieldMappingObjectTypesLoader;
  integrationFields: DynamicFieldMappingIntegrationFieldsLoader;
};

/** The two loaders of a {@link DynamicFieldMappingConfig}. */
export declare enum DynamicFieldMappingLoaderType {
  OBJECT_TYPES = "objectTypes",
  INTEGRATION_FIELDS = "integrationFields",
}

/** A mapping whose provider side the app loads. */
export type DynamicFieldMappingConfig = {
  objectTypes: { get: DynamicFieldMappingObjectTypesLoader };
  integrationFields: { get: DynamicFieldMappingIntegrationFieldsLoader };
  /** The app's side. Absent: the labels that the project's author has set. */
  applicationFields?: {
    fields: { label: string; value: string }[];
    defaultFields?: string[];
    userCanRemoveMappings?: boolean;
    userCanCreateFields?: boolean;
  };
};

export type DropdownOptions = {
  /** By the `key` of the input. */
  dropdowns?: Record<string, CustomDropdownField[] | CustomDropdownOptions>;
};

type MappingOptions = {
  /** By the object name of the input. */
  mapObjectFields?: {
    [objectName: string]: DynamicMappingField[] | DynamicMappingOptions | DynamicFieldMappingConfig;
  };
};

export type SetDataSourcesConfig = DropdownOptions &
  MappingOptions & {
    /** By integration; these win over those for all. */
    integrationSpecificSources?: Record<string, DropdownOptions & MappingOptions>;
  };

export {};

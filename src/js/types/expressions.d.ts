// Values that are looked up when something runs, and conditions on them: what data sources, account types and
// permissions are written in. Apps mostly need `VALUE`.
import type { TokenType } from "./constants.js";

/** The type of a value. */
export declare enum DataType {
  STRING = "STRING",
  NUMBER = "NUMBER",
  DATE = "DATE",
  BOOLEAN = "BOOLEAN",
  EMAIL = "EMAIL",
  OBJECT = "OBJECT",
  ARRAY = "ARRAY",
  ANY = "ANY",
  FILE = "FILE",
  NON_DECIMAL = "NON_DECIMAL",
}

type DataTypeValues = {
  [DataType.STRING]: string;
  [DataType.NUMBER]: number;
  [DataType.DATE]: Date;
  [DataType.BOOLEAN]: boolean;
  [DataType.EMAIL]: string;
  [DataType.OBJECT]: object;
  [DataType.ARRAY]: any[];
  [DataType.ANY]: any;
  [DataType.FILE]: FileValue;
  [DataType.NON_DECIMAL]: number;
};

type FileValue = {
  /** The bytes. Where there is Node, a `Buffer` (which is one). */
  data: any;
  dataType: DataType.FILE;
  encoding?: string;
  id?: string;
  mimeType?: string;
  name?: string;
  size?: string;
};

/** A named value: `{ key: "site", source: { type: "VALUE", value: "1" } }`. */
export type KeyedSource<T extends DataType = DataType> = {
  key: string;
  source: Source<T>;
};

/** Where a value comes from; narrow it by `type`. */
export type Source<T extends DataType = DataType> =
  | ValueSource<T>
  | VariableSource<T>
  | TokenizedSource<T>
  | ConditionSource
  | SecretSource
  | ExecutionSource
  | FanoutExecutionSource
  | UserSuppliedCredentialSource
  | ConnectCredentialSource
  | ObjectValueSource
  | PersonaMetadataSource;

/** Text with values in it. */
export type TokenizedSource<T extends DataType = DataType> = {
  dataType?: T;
  type: "TOKENIZED";
  parts: TokenizedValue[];
};

type TokenizedValue<T extends DataType = DataType> =
  | ValueSource<T>
  | VariableSource<T>
  | SecretSource
  | ConnectCredentialSource
  | ObjectValueSource
  | PersonaMetadataSource;

/** A fixed value. */
type ValueSource<T extends DataType = DataType> = {
  dataType?: T;
  type: "VALUE";
  value: DataTypeValues[T];
};

/** The output of a workflow's step. */
type VariableSource<T extends DataType = DataType> = {
  dataType?: T;
  type: "VARIABLE";
  stepId: string;
  path: string[];
};

type ObjectValueSource<T extends DataType = DataType> = {
  type: "OBJECT_VALUE";
  name: string;
  path: string[];
  dataType?: T;
};

type SecretSource = {
  type: "ENVIRONMENT_SECRET";
  environmentSecretId: string;
};

/** Something of the connected account. */
type ConnectCredentialSource =
  | { type: "CONNECT_CREDENTIAL_FIELD"; fieldType: "WORKFLOW_SETTING"; inputId: string; path?: string[] }
  | { type: "CONNECT_CREDENTIAL_FIELD"; fieldType: "SHARED_WORKFLOW_SETTING"; inputId: string; path?: string[] }
  | { type: "CONNECT_CREDENTIAL_FIELD"; fieldType: "EXTERNAL_USER_ID" }
  | { type: "CONNECT_CREDENTIAL_FIELD"; fieldType: "EXTERNAL_USER_PROVIDER_ID" }
  | { type: "CONNECT_CREDENTIAL_FIELD"; fieldType: "OAUTH_ACCESS_TOKEN" }
  | { type: "CONNECT_CREDENTIAL_FIELD"; fieldType: "EXTERNAL_USER_PROVIDER_DATA"; dataKey: string };

type PersonaMetadataSource = {
  type: "PERSONA_METADATA";
  path?: string[];
};

type UserSuppliedCredentialSource = {
  type: "USER_SUPPLIED_CREDENTIAL";
  tokenType: TokenType;
  providerType: string;
  credential: TokenizedSource<DataType.STRING>;
};

type ExecutionSource = {
  type: "EXECUTION";
  id: string;
  stepId: string;
  /** When it began, in milliseconds since 1970. */
  start: number;
  fanoutStack: FanoutStackEntry[];
  remoteCached?: boolean;
};

type FanoutExecutionSource = {
  type: "FANOUT_EXECUTION";
  stepId: string;
};

/** Which item of a fan-out a step ran for. */
export type FanoutStackEntry = {
  stepId: string;
  instanceId: string;
  index: number;
};

type ConditionSource = {
  type: "CONDITION";
  condition: ConditionWrapper;
};

type ConditionWrapper = AndConditions | OrConditions | OperatorCondition;

type AndConditions = {
  type: "JOIN";
  join: "AND";
  conditions: ConditionWrapper[];
};

/** Conditions joined by "or"; those inside may be joined by "and". */
export type OrConditions = {
  type: "JOIN";
  join: "OR";
  conditions: ConditionWrapper[];
};

type OperatorCondition = {
  type: "OPERATOR";
  condition: Condition;
};

type Compares<O extends Operator, T extends DataType> = {
  operator: O;
  variable: Source<T>;
  argument: Source<T>;
};

type Condition =
  | { operator: Operator.None; variable: Source<DataType.ANY> }
  | Compares<Operator.StringContains, DataType.STRING>
  | Compares<Operator.StringDoesNotContain, DataType.STRING>
  | Compares<Operator.StringExactlyMatches, DataType.STRING>
  | Compares<Operator.StringDoesNotExactlyMatch, DataType.STRING>
  | Compares<Operator.StringIsIn, DataType.STRING>
  | Compares<Operator.StringIsNotIn, DataType.STRING>
  | Compares<Operator.StringStartsWith, DataType.STRING>
  | Compares<Operator.StringDoesNotStartWith, DataType.STRING>
  | Compares<Operator.StringEndsWith, DataType.STRING>
  | Compares<Operator.StringDoesNotEndWith, DataType.STRING>
  | Compares<Operator.StringGreaterThan, DataType.STRING>
  | Compares<Operator.StringLessThan, DataType.STRING>
  | Compares<Operator.NumberGreaterThan, DataType.NUMBER>
  | Compares<Operator.NumberLessThan, DataType.NUMBER>
  | Compares<Operator.NumberGreaterThanOrEqualTo, DataType.NUMBER>
  | Compares<Operator.NumberLessThanOrEqualTo, DataType.NUMBER>
  | Compares<Operator.NumberEquals, DataType.NUMBER>
  | Compares<Operator.NumberDoesNotEqual, DataType.NUMBER>
  | Compares<Operator.DateTimeAfter, DataType.DATE>
  | Compares<Operator.DateTimeBefore, DataType.DATE>
  | Compares<Operator.DateTimeEquals, DataType.DATE>
  | { operator: Operator.BooleanTrue; variable: Source<DataType.BOOLEAN> }
  | { operator: Operator.BooleanFalse; variable: Source<DataType.BOOLEAN> }
  | { operator: Operator.IsNull; variable: Source }
  | { operator: Operator.IsNotNull; variable: Source }
  | { operator: Operator.Exists; variable: Source }
  | { operator: Operator.DoesNotExist; variable: Source }
  | { operator: Operator.ArrayIsEmpty; variable: Source<DataType.ARRAY> }
  | { operator: Operator.ArrayIsNotEmpty; variable: Source<DataType.ARRAY> };

/** How a condition compares. */
export declare enum Operator {
  None = "$none",
  StringContains = "$stringContains",
  StringDoesNotContain = "$stringDoesNotContain",
  StringExactlyMatches = "$stringExactlyMatches",
  StringDoesNotExactlyMatch = "$stringDoesNotExactlyMatch",
  StringIsIn = "$stringIsIn",
  StringIsNotIn = "$stringIsNotIn",
  StringStartsWith = "$stringStartsWith",
  StringDoesNotStartWith = "$stringDoesNotStartWith",
  StringEndsWith = "$stringEndsWith",
  StringDoesNotEndWith = "$stringDoesNotEndWith",
  NumberGreaterThan = "$numberGreaterThan",
  NumberLessThan = "$numberLessThan",
  NumberEquals = "$numberEquals",
  NumberDoesNotEqual = "$numberDoesNotEqual",
  NumberLessThanOrEqualTo = "$numberLessThanOrEqualTo",
  NumberGreaterThanOrEqualTo = "$numberGreaterThanOrEqualTo",
  DateTimeAfter = "$dateTimeAfter",
  DateTimeBefore = "$dateTimeBefore",
  DateTimeEquals = "$dateTimeEquals",
  BooleanTrue = "$booleanTrue",
  BooleanFalse = "$booleanFalse",
  /** Not null; undefined passes. */
  IsNotNull = "$exists",
  /** Null; undefined does not pass. */
  IsNull = "$doesNotExist",
  /** Neither null nor undefined. */
  Exists = "$isNotUndefinedOrNull",
  /** Null or undefined. */
  DoesNotExist = "$isUndefinedOrNull",
  ArrayIsIn = "$arrayIsIn",
  ArrayIsNotIn = "$arrayIsNotIn",
  ArrayIsEmpty = "$arrayIsEmpty",
  ArrayIsNotEmpty = "$arrayIsNotEmpty",
  StringGreaterThan = "$stringGreaterThan",
  StringLessThan = "$stringLessThan",
}

export {};

// Triggers: what can start a workflow at the provider, and the parameters that it takes.
import type { Operator } from "./expressions.js";
import type { SidebarInputType } from "./inputs.js";

/** How the platform learns of it. */
export declare enum TriggerModel {
  POLLING = "POLLING",
  WEBHOOK = "WEBHOOK",
}

export interface TriggerDefinition {
  type: string;
  triggerModel: TriggerModel;
  title: string;
  description: string;
  parameters: IntentInputKeyConfig[];
}

export interface GetTriggerTypesResponse {
  /** By integration. */
  triggers: Record<string, TriggerDefinition[]>;
  errors?: Array<{ type: string; message: string }>;
}

/** A data source of a parameter's choices; see `getSourcesForActionInput`. */
export interface DynamicInputSource {
  sourceType: string;
  /** Ids of the parameters that the choices depend on. */
  dependencies: string[];
}

export declare enum DelayUnit {
  SECONDS = "SECONDS",
  MINUTES = "MINUTES",
  HOURS = "HOURS",
  DAYS = "DAYS",
}

/** One choice of a parameter; a plain value is its own label. */
export type GraphiteEnumInput =
  | {
      value: string | number;
      /** Parameters that this choice brings with it. */
      dependentInputs?: IntentInputKeyConfig[];
      label?: string;
    }
  | string
  | number;

/** A parameter; narrow it by `type`. */
export type IntentInputKeyConfig = {
  id: string;
  title: string;
  subtitle?: string;
  placeholder?: string;
  required?: boolean;
  dependentInputs?: IntentInputKeyConfig[];
  defaultValue?: unknown;
  valuesSource?: DynamicInputSource;
} & (
  | {
      type:
        | `${SidebarInputType.TextArea}`
        | `${SidebarInputType.Switch}`
        | `${SidebarInputType.BooleanInput}`
        | `${SidebarInputType.Code}`
        | `${SidebarInputType.ValueText}`
        | `${SidebarInputType.Text}`
        | `${SidebarInputType.Password}`
        | `${SidebarInputType.Number}`;
    }
  | {
      type:
        | `${SidebarInputType.Enum}`
        | `${SidebarInputType.EditableEnum}`
        | `${SidebarInputType.EnumTextAreaPairInput}`;
      values: GraphiteEnumInput[];
    }
  | {
      type: `${SidebarInputType.Conditional}`;
      supportedOperators?: `${Operator}`[];
      disableOrCondition?: boolean;
      supportedKeys?: string[];
      supportedKeysSource?: DynamicInputSource;
    }
  | {
      type: `${SidebarInputType.TimeConstraintInput}`;
      supportedUnits?: `${DelayUnit}`[];
    }
);

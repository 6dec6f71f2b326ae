// The value of a field mapping. It is read in both of its forms and written in the first:
// `{objectMapping, fieldMappings}` and `{mainInput, dependentInput, fieldMappings}`.
import type { DynamicMappingField, DynamicMappingOptions } from "paragon-connect";

export type Mapping = {
  object?: string;
  /** Of sources that have a second choice between object and fields. */
  dependent?: string;
  /** Label of the app's field to name of the provider's. */
  fields: Record<string, string | undefined>;
  /** Value of the app's field to both names. */
  dynamic: Record<string, { applicationField?: string; integrationField?: string }>;
  /** Fields that the user has added. */
  created: string[];
};

export function readMapping(value: unknown): Mapping {
  const { objectMapping, mainInput, dependentInput, fieldMappings, dynamicMappings, userCreatedFields } = (
    typeof value === "object" && value !== null ? value : {}
  ) as Record<string, never>;
  return {
    object: objectMapping ?? mainInput,
    dependent: dependentInput,
    fields: fieldMappings ?? {},
    dynamic: dynamicMappings ?? {},
    created: userCreatedFields ?? [],
  };
}

export function writeMapping({ object, dependent, fields, dynamic, created }: Mapping, isDynamic: boolean): Record<string, unknown> | undefined {
  if (object === undefined) return undefined;
  return {
    objectMapping: object,
    ...(dependent !== undefined && { dependentInput: dependent }),
    fieldMappings: fields,
    ...(isDynamic && { dynamicMappings: dynamic, userCreatedFields: created, mappingType: "DYNAMIC" }),
  };
}

export type AppFields = Required<Pick<DynamicMappingOptions, "fields" | "userCanRemoveMappings" | "userCanCreateFields">> & {
  defaults: string[];
};

/** The app's fields of a mapping, in either form; null if the app gives none. */
export function appFields(options: DynamicMappingOptions | DynamicMappingField[] | undefined): AppFields | null {
  if (!options) return null;
  const all = Array.isArray(options) ? { fields: options } : options;
  const fields = all.fields ?? [];
  return {
    fields,
    userCanRemoveMappings: all.userCanRemoveMappings ?? false,
    userCanCreateFields: all.userCanCreateFields ?? false,
    defaults: all.defaultFields?.length ? all.defaultFields : fields.map(({ value }) => value),
  };
}

/** The app's fields that are shown: those that are mapped or begin so, in the app's order, then the user's own. */
export function rowsOf(app: AppFields, mapping: Mapping): DynamicMappingField[] {
  const isFresh = Object.keys(mapping.dynamic).length === 0;
  const shown = new Set(isFresh || !app.userCanRemoveMappings ? [...app.defaults, ...Object.keys(mapping.dynamic)] : Object.keys(mapping.dynamic));
  return [
    ...app.fields.filter(({ value }) => shown.has(value)),
    ...mapping.created.filter((name) => isFresh || name in mapping.dynamic || !app.userCanRemoveMappings).map((name) => ({ label: name, value: name })),
  ];
}

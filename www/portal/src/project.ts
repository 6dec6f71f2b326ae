// What the state that the SDK sends says of the integration that is open, in the terms of the SDK's own reads.
import type { DataSource, DynamicDataSource, InputSources, IntegrationConfig, IntegrationMetadata, StaticEnumDataSource } from "paragon-connect";
import type { InputDefinition } from "paragon-connect/react";
import type { MappedObject, Update } from "./messages";

type Sources = { mainInputSource: DynamicDataSource; dependentInputSource: DynamicDataSource; variableInputSource?: DynamicDataSource };
type MapperSources = { recordSource: DynamicDataSource; fieldSource: DynamicDataSource; dependentInputSource?: DynamicDataSource };

/** Keys of sources that the app loads itself begin with one of these. */
export const DROPDOWN = "app dropdown ";
export const OBJECTS = "app objects ";
export const FIELDS = "app fields ";

export function typeOf({ nextModalState: { integration } }: Update): string | undefined {
  if (!integration) return undefined;
  if (integration.type !== "custom") return integration.type;
  const slug = (integration.customIntegration as { slug?: string } | undefined)?.slug ?? String((integration as { providerType?: string }).providerType ?? "custom");
  return slug.startsWith("custom.") ? slug : `custom.${slug}`;
}

export function metadataOf(update: Update): IntegrationMetadata | undefined {
  const type = typeOf(update);
  const { integration } = update.nextModalState;
  if (!type || !integration) return undefined;
  const cdn = update.nextContext.environments?.["CDN_PUBLIC_URL"] ?? "";
  const own = (integration.customIntegration as { icon?: string | null } | undefined)?.icon;
  const icon =
    integration.type === "custom"
      ? (own ?? `${cdn}/images/icons/byo-placeholder.svg`)
      : `${cdn}/integrations/${encodeURIComponent(type.replace(/\.com$/, ""))}.svg`;
  return { type, name: integration.name, brandColor: integration.brandColor, icon };
}

export function configOf({ nextModalState: { integration, config } }: Update): IntegrationConfig {
  const known = new Map((integration?.workflows ?? []).map((workflow) => [workflow.id, workflow.description]));
  const refused = new Set((integration?.["noPermissionWorkflows"] as string[] | undefined) ?? []);
  const all = Object.values(config?.workflowMeta ?? {})
    .filter(({ id }) => known.has(id) || refused.has(id))
    .sort((a, b) => (a.order ?? Infinity) - (b.order ?? Infinity))
    .map((workflow) => ({ ...workflow, description: known.get(workflow.id) ?? workflow.description, inputs: workflow.inputs ?? [] }));
  const isHidden = ({ id, hidden, permissions }: (typeof all)[number]) => hidden === true || (permissions !== undefined && refused.has(id));
  return {
    shortDescription: config?.description,
    longDescription: config?.overview,
    availableUserSettings: config?.sharedMeta?.inputs ?? [],
    availableWorkflows: all.filter((workflow) => !isHidden(workflow)),
    hiddenWorkflows: all.filter(isHidden),
  };
}

/** Where an input's choices come from, as `getSourcesForInput` tells it. */
export function sourcesFor(update: Update, input: InputDefinition): InputSources | null {
  const source = dataSources(update)[input.sourceType ?? ""];
  switch (input.type) {
    case "CUSTOM_DROPDOWN":
      return input.key === undefined ? null : { kind: "single", source: ofApp(DROPDOWN + input.key, input.title) };
    case "COMBO_INPUT":
      return source ? { kind: "combo", ...(source as unknown as Sources) } : null;
    case "DYNAMIC_COMBO_INPUT":
      return source ? { kind: "defaultFieldValue", ...(source as unknown as Sources) } : null;
    case "FIELD_MAPPER":
      return source ? mapperSources(update, input, source as unknown as MapperSources) : null;
    default:
      return source ? { kind: "single", source: source as DynamicDataSource | StaticEnumDataSource } : null;
  }
}

function mapperSources(update: Update, input: InputDefinition, source: MapperSources): InputSources {
  const name = input.useDynamicMapper ? input.dynamicObjectName : undefined;
  const mapped: MappedObject | undefined = name === undefined ? undefined : update.nextContext.endUserIntegrationConfig?.mapObjectFields?.[name];
  const isApps = mapped !== undefined && !Array.isArray(mapped) && mapped.useBYOFieldMappingOption === true;
  const { recordSource, fieldSource, dependentInputSource } = source;
  const from = isApps
    ? { recordSource: ofApp(OBJECTS + name, recordSource.title), fieldSource: ofApp(FIELDS + name, fieldSource.title) }
    : { recordSource, fieldSource, dependentInputSource };
  return { kind: "fieldMapper", ...from, ...(mapped && { mapObjectFieldOptions: mapped }) };
}

function ofApp(cacheKey: string, title: string): DynamicDataSource {
  // The type also has functions that only the official package fills in.
  return { type: "DYNAMIC_DATA_SOURCE", title, cacheKey, supportPagination: true } as unknown as DynamicDataSource;
}

function dataSources({ nextModalState: { integration } }: Update): Record<string, DataSource | undefined> {
  return (integration?.sdkIntegrationConfig?.["dataSources"] ?? {}) as Record<string, DataSource>;
}

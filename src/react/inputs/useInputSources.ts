// Where the choices of an input come from.
import type { DynamicDataSource, InputSources, StaticEnumDataSource } from "paragon-connect";
import { useMemo } from "react";
import { useParagon } from "../context.js";
import { useUser } from "../hooks/useUser.js";
import { sourcesOf, type InputDefinition } from "../values.js";

/** Null if the input has no sources, or its project does not know them (any more). */
export function useInputSources(integration: string, input: InputDefinition): InputSources | null {
  const paragon = useParagon();
  // What the project says of its sources can change with the user's state.
  const user = useUser();
  return useMemo(() => sourcesOf(paragon, integration, input), [paragon, user, integration, input]);
}

/** The source of a single choice: the input's own list, what the project names, or the key alone. */
export function singleSource(input: InputDefinition, sources: InputSources | null): DynamicDataSource | StaticEnumDataSource | string | undefined {
  if (input.customDropdownOptions?.length) {
    return { type: "STATIC_ENUM_DATA_SOURCE" as StaticEnumDataSource["type"], title: input.title, id: input.id, values: input.customDropdownOptions };
  }
  return sources?.kind === "single" ? sources.source : input.sourceType;
}

/**
 * The parameters of a choice that depends on another: its value under every name by which a source may ask for it,
 * that of the first source and that of the member.
 */
export function dependentOn(pairs: [name: string, source: DynamicDataSource | undefined, value: string | undefined][]): Record<string, string> {
  const parameters: Record<string, string> = {};
  for (const [name, source, value] of pairs) {
    if (value === undefined) continue;
    parameters[name] = value;
    if (source?.cacheKey) parameters[source.cacheKey] = value;
  }
  return parameters;
}

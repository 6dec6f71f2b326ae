// Choices of an input, loaded page by page. A source that pages is asked again with each search, others are here whole.
import type { DynamicDataSource, DynamicDefaultInput, EnumInputValue, EnumSection, KeyedSource, StaticEnumDataSource } from "paragon-connect";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { useParagon } from "../context.js";
import { toShownError, type ShownError } from "../errors.js";

/** Milliseconds between the last key and the search. */
const SEARCH_DELAY = 250;
/** So many pages are read to find what a saved value is called; then the value itself is shown. */
const PAGES_FOR_A_LABEL = 20;

export type Choice = { value: string; label: string; subtitle?: string; section?: string };

export type FieldOptionsSource = {
  /** The integration's type, such as `"slack"`. */
  integration: string;
  /** The data source or its key; undefined or null loads nothing. */
  source: string | DynamicDataSource | StaticEnumDataSource | null | undefined;
  /** The account that choices are read from. */
  selectedCredentialId?: string;
  /** Values that the choices depend on, by the source's names. A change loads again. */
  parameters?: Record<string, unknown>;
  /** The value whose label is needed: pages are read until it is found. */
  value?: string | null;
  /** False: nothing is loaded until something needs it. */
  isNeeded?: boolean;
};

export type FieldOptionsState = {
  choices: Choice[];
  /** Inputs that the source asks for beside the choice. */
  nested: DynamicDefaultInput[];
  loading: boolean;
  error: ShownError | null;
  /** The platform searches; otherwise all choices are here and are filtered in the page. */
  searchesRemotely: boolean;
  search: string;
  setSearch: (text: string) => void;
  /** The next page, if there is one. */
  loadMore: () => void;
  reload: () => void;
};

type Loaded = {
  search: string;
  choices: Choice[];
  nested: DynamicDefaultInput[];
  cursor: string | null;
  pages: number;
  loading: boolean;
  error: ShownError | null;
};
const NOTHING: Loaded = { search: "", choices: [], nested: [], cursor: null, pages: 0, loading: false, error: null };

/** The choices of a data source, with search and pages. */
export function useFieldOptions(wanted: FieldOptionsSource): FieldOptionsState {
  const { integration, source, selectedCredentialId, parameters, value, isNeeded = true } = wanted;
  const paragon = useParagon();
  const [search, setSearch] = useState("");
  const [loaded, setLoaded] = useState<Loaded>(NOTHING);
  const [pages, setPages] = useState(false);
  const [round, setRound] = useState(0);
  const run = useRef(0);

  const fixed = typeof source === "object" && source !== null && "values" in source ? source.values : undefined;
  const fixedChoices = useMemo(() => fixed && toChoices(fixed), [fixed]);
  // Sources are made anew with every read of the configuration: what counts is what is in them.
  const sourceKey = fixed || !source ? "" : JSON.stringify(source);
  const parameterKey = JSON.stringify(parameters ?? {});
  const searchesRemotely = !fixed && pages;
  const remoteSearch = searchesRemotely ? search : "";

  const load = useCallback(
    async (cursor: string | null, text: string) => {
      const mine = ++run.current;
      setLoaded((before) => ({ ...(cursor ? before : NOTHING), loading: true, error: null }));
      try {
        const from = JSON.parse(sourceKey) as string | DynamicDataSource;
        const page = await paragon.getFieldOptions({
          integration,
          ...(typeof from === "string" ? { action: from } : { source: from }),
          ...(text && { search: text }),
          ...(cursor && { cursor }),
          ...(selectedCredentialId && { selectedCredentialId }),
          parameters: toKeyedSources(parameterKey),
        });
        if (mine !== run.current) return;
        if (page.nextPageCursor || (typeof from === "object" && from.supportPagination)) setPages(true);
        const choices = toChoices(page.data);
        setLoaded((before) => ({
          search: text,
          choices: cursor ? joined(before.choices, choices) : choices,
          nested: page.nestedData ?? [],
          cursor: page.nextPageCursor || null,
          pages: cursor ? before.pages + 1 : 1,
          loading: false,
          error: null,
        }));
      } catch (thrown) {
        if (mine === run.current) setLoaded((before) => ({ ...before, loading: false, error: toShownError(thrown) }));
      }
    },
    [paragon, integration, sourceKey, selectedCredentialId, parameterKey],
  );

  useEffect(() => {
    if (!sourceKey || !isNeeded) return;
    const timer = setTimeout(() => void load(null, remoteSearch), remoteSearch ? SEARCH_DELAY : 0);
    return () => clearTimeout(timer);
  }, [load, sourceKey, isNeeded, remoteSearch, round]);

  // Another source: what is still on its way is for nobody, and what is here is not its own.
  useEffect(() => {
    setLoaded(NOTHING);
    return () => void run.current++;
  }, [load]);

  // A saved value further back in the list has a name as well.
  const isUnnamed = Boolean(value) && !search && !loaded.choices.some((choice) => choice.value === value);
  useEffect(() => {
    const mayHelp = isUnnamed && loaded.cursor !== null && !loaded.loading && !loaded.error;
    if (mayHelp && loaded.pages < PAGES_FOR_A_LABEL) void load(loaded.cursor, "");
  }, [isUnnamed, loaded, load]);

  return {
    choices: fixedChoices ?? loaded.choices,
    nested: loaded.nested,
    // Before the first request is on its way as well: an empty list would be a wrong answer.
    loading: loaded.loading || (isNeeded && sourceKey !== "" && loaded.pages === 0 && loaded.error === null),
    error: loaded.error,
    searchesRemotely,
    search,
    setSearch,
    loadMore: () => {
      // A cursor belongs to the search that it came with.
      const belongs = loaded.search === remoteSearch;
      if (loaded.cursor !== null && belongs && !loaded.loading) void load(loaded.cursor, remoteSearch);
    },
    reload: () => setRound((before) => before + 1),
  };
}

function toKeyedSources(parameterKey: string): KeyedSource[] {
  const parameters = JSON.parse(parameterKey) as Record<string, unknown>;
  return Object.entries(parameters).map(([key, value]) => ({ key, source: { type: "VALUE", value } }));
}

/** A list whose pages have moved can name a choice twice. */
function joined(before: Choice[], more: Choice[]): Choice[] {
  const known = new Set(before.map((choice) => choice.value));
  return [...before, ...more.filter((choice) => !known.has(choice.value))];
}

/** Choices of an answer, with the heading that they stand below, if they do. */
export function toChoices(data: (EnumInputValue | EnumSection)[]): Choice[] {
  const all = data.flatMap((entry): (EnumInputValue & { section?: string })[] =>
    "items" in entry ? entry.items.map((item) => ({ ...item, section: entry.title })) : [entry],
  );
  return joined(
    [],
    all.map(({ value, label, subtitle, section }) => ({ value: String(value), label, subtitle, section })),
  );
}

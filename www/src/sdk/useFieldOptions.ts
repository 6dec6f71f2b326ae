// Choices of an input, loaded page by page. A source that answers a cursor is asked again with the search, others are here whole.
import { paragon, type EnumInputValue, type EnumSection, type KeyedSource } from "paragon-connect";
import { useCallback, useEffect, useRef, useState } from "react";
import { toShownError, type ShownError } from "./errors";

const SEARCH_DELAY_MS = 250;

export type Choice = { value: string; label: string; subtitle?: string };

export type FieldOptionsSource = {
  integration: string;
  /** Key of the data source; undefined loads nothing. */
  source: string | undefined;
  selectedCredentialId?: string;
  /** Values that the choices may depend on. A change loads again. */
  parameters?: Record<string, unknown>;
};

export type FieldOptionsState = {
  choices: Choice[];
  loading: boolean;
  error: ShownError | null;
  /** The platform searches; otherwise all choices are here and are filtered in the page. */
  searchesRemotely: boolean;
  search: string;
  setSearch: (text: string) => void;
  loadMore: () => void;
  reload: () => void;
};

type Loaded = { search: string; choices: Choice[]; cursor: string | null; loading: boolean; error: ShownError | null };
const NOTHING: Loaded = { search: "", choices: [], cursor: null, loading: false, error: null };

export function useFieldOptions({ integration, source, selectedCredentialId, parameters }: FieldOptionsSource): FieldOptionsState {
  const [search, setSearch] = useState("");
  const [loaded, setLoaded] = useState<Loaded>(NOTHING);
  const [searchesRemotely, setSearchesRemotely] = useState(false);
  const [round, setRound] = useState(0);
  const run = useRef(0);
  const parameterKey = JSON.stringify(parameters ?? {});
  const remoteSearch = searchesRemotely ? search : "";

  const load = useCallback(
    async (cursor: string | null, text: string) => {
      if (!source) return;
      const mine = ++run.current;
      setLoaded((before) => ({ ...before, choices: cursor ? before.choices : [], loading: true, error: null }));
      try {
        const page = await paragon.getFieldOptions({
          integration,
          action: source,
          ...(text && { search: text }),
          ...(cursor && { cursor }),
          ...(selectedCredentialId && { selectedCredentialId }),
          parameters: toKeyedSources(parameterKey),
        });
        if (mine !== run.current) return;
        if (page.nextPageCursor !== null) setSearchesRemotely(true);
        const choices = toChoices(page.data);
        setLoaded((before) => ({
          search: text,
          choices: cursor ? [...before.choices, ...choices] : choices,
          cursor: page.nextPageCursor,
          loading: false,
          error: null,
        }));
      } catch (thrown) {
        if (mine === run.current) setLoaded((before) => ({ ...before, loading: false, error: toShownError(thrown) }));
      }
    },
    [integration, source, selectedCredentialId, parameterKey],
  );

  useEffect(() => {
    const timer = setTimeout(() => void load(null, remoteSearch), remoteSearch ? SEARCH_DELAY_MS : 0);
    return () => clearTimeout(timer);
  }, [load, remoteSearch, round]);

  // An answer that comes after the input is gone changes nothing.
  useEffect(() => () => void run.current++, []);

  return {
    choices: loaded.choices,
    loading: loaded.loading,
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

export function toChoices(data: (EnumInputValue | EnumSection)[]): Choice[] {
  return data.flatMap((entry) => ("items" in entry ? entry.items : [entry])).map((item) => ({
    value: String(item.value),
    label: item.label,
    subtitle: item.subtitle,
  }));
}

// The open list of a choice: search on top, then the choices, more of which load as one scrolls.
import { Search } from "lucide-react";
import { Autocomplete, Input, ListBox, ListBoxItem, ListBoxLoadMoreItem, SearchField, Text, useFilter, Collection } from "react-aria-components";
import type { Choice, FieldOptionsState } from "../../sdk/useFieldOptions";
import { Spinner } from "../ui/Spinner";

const SEARCH_FROM = 8;

type ChoiceListProps = {
  label: string;
  options: FieldOptionsState;
  choices: Choice[];
};

export function ChoiceList({ label, options, choices }: ChoiceListProps) {
  const { contains } = useFilter({ sensitivity: "base" });
  const { searchesRemotely, search, setSearch, loading, loadMore } = options;
  const hasSearch = searchesRemotely || choices.length >= SEARCH_FROM;
  // In the page as well: a source may have pages and yet take no search.
  const matches = (_: string, text: string, node: { value: Choice | null }) =>
    node.value === null || [node.value.label, node.value.subtitle ?? "", node.value.value].some((part) => contains(part, text));
  return (
    <Autocomplete<Choice> inputValue={search} onInputChange={setSearch} filter={matches}>
      {hasSearch && (
        <SearchField className="search search-inset" aria-label={`Search ${label}`} autoFocus>
          <Search aria-hidden="true" />
          <Input placeholder="Search" />
        </SearchField>
      )}
      <ListBox
        className="listbox"
        aria-label={label}
        renderEmptyState={() => (loading ? null : <p className="listbox-empty">{search ? "Nothing matches." : "There is nothing to choose from."}</p>)}
      >
        <Collection items={choices}>
          {(choice) => (
            <ListBoxItem id={choice.value} className="option" textValue={choice.label}>
              <Text slot="label">{choice.label}</Text>
              {choice.subtitle && (
                <Text slot="description" className="option-subtitle">
                  {choice.subtitle}
                </Text>
              )}
            </ListBoxItem>
          )}
        </Collection>
        <ListBoxLoadMoreItem onLoadMore={loadMore} isLoading={loading} className="listbox-more">
          <Spinner label="Loading choices" />
        </ListBoxLoadMoreItem>
      </ListBox>
    </Autocomplete>
  );
}

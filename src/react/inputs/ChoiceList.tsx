// The open list of a choice: search on top, then the choices, more of which load as one scrolls.
import { useMemo, type ReactElement } from "react";
import {
  Autocomplete,
  Collection,
  Header,
  Input,
  ListBox,
  ListBoxItem,
  ListBoxLoadMoreItem,
  ListBoxSection,
  SearchField,
  Text,
  useFilter,
} from "react-aria-components";
import { useTexts } from "../context.js";
import type { Choice, FieldOptionsState } from "../hooks/useFieldOptions.js";
import { fill } from "../texts/index.js";
import { Icon } from "../ui/icons.js";
import { Spinner } from "../ui/Spinner.js";

/** From so many choices on, a search is offered. */
const SEARCH_FROM = 8;

type ChoiceListProps = {
  label: string;
  options: FieldOptionsState;
  choices: Choice[];
};

export function ChoiceList({ label, options, choices }: ChoiceListProps): ReactElement {
  const texts = useTexts();
  const { contains } = useFilter({ sensitivity: "base" });
  const { searchesRemotely, search, setSearch, loading, error, loadMore } = options;
  const hasSearch = searchesRemotely || choices.length >= SEARCH_FROM;
  const sections = useMemo(() => inSections(choices), [choices]);
  const byValue = useMemo(() => new Map(choices.map((choice) => [choice.value, choice])), [choices]);
  // In the page as well: a source may have pages and yet take no search.
  const matches = (_: string, text: string, node: { key: unknown }) => {
    const choice = byValue.get(String(node.key));
    return !choice || [choice.label, choice.subtitle ?? "", choice.value].some((part) => contains(part, text));
  };
  const item = (choice: Choice) => (
    <ListBoxItem id={choice.value} className="pc-option" textValue={choice.label}>
      <Text slot="label">{choice.label}</Text>
      {choice.subtitle && (
        <Text slot="description" className="pc-option-subtitle">
          {choice.subtitle}
        </Text>
      )}
    </ListBoxItem>
  );
  const list = (
    <ListBox
      className="pc-listbox"
      aria-label={label}
      // It stands in an option of its own, which has to have a name.
      renderEmptyState={() => (
        <p className={loading ? "pc-offscreen" : "pc-listbox-empty"}>
          {loading ? texts.loadingChoices : error ? error.message : search ? texts.nothingMatches : texts.nothingToChoose}
        </p>
      )}
    >
      {sections ? (
        <Collection items={sections}>
          {(section) => (
            <ListBoxSection id={`section ${section.id}`}>
              <Header className="pc-listbox-header">{section.id}</Header>
              <Collection items={section.choices.map((choice) => ({ ...choice, id: choice.value }))}>{item}</Collection>
            </ListBoxSection>
          )}
        </Collection>
      ) : (
        <Collection items={choices.map((choice) => ({ ...choice, id: choice.value }))}>{item}</Collection>
      )}
      <ListBoxLoadMoreItem onLoadMore={loadMore} isLoading={loading} className="pc-listbox-more">
        <Spinner label={texts.loadingChoices} />
      </ListBoxLoadMoreItem>
    </ListBox>
  );
  // Without a field for it, it would keep the keys from the list.
  if (!hasSearch) return list;
  return (
    <Autocomplete inputValue={search} onInputChange={setSearch} filter={matches}>
      <SearchField className="pc-search pc-search-inset" aria-label={fill(texts.searchIn, { title: label })} autoFocus>
        <Icon name="search" />
        <Input placeholder={texts.search} />
      </SearchField>
      {list}
    </Autocomplete>
  );
}

/** Choices by heading, in their order; null if none has one. */
function inSections(choices: Choice[]): { id: string; choices: Choice[] }[] | null {
  if (!choices.some((choice) => choice.section)) return null;
  const sections = new Map<string, Choice[]>();
  for (const choice of choices) {
    const title = choice.section ?? "";
    sections.set(title, [...(sections.get(title) ?? []), choice]);
  }
  return [...sections].map(([id, inside]) => ({ id, choices: inside }));
}

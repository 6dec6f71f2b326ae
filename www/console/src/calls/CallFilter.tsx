// What the list is narrowed down to.
import { Search } from "lucide-react";
import { Input, SearchField } from "react-aria-components";
import { Choice } from "../../../src/components/ui/Choice";
import { go, href, type Route } from "../app/route";
import { KINDS } from "../app/words";
import { STATUSES, type Filter } from "./filter";

const STATUS_TEXTS: Record<(typeof STATUSES)[number], string> = {
  "2xx": "2xx: good",
  "3xx": "3xx: elsewhere",
  "4xx": "4xx: refused",
  "5xx": "5xx: failed",
  error: "All that went wrong",
  fault: "Broken by a fault",
};

const kinds = [{ value: "", label: "All kinds" }, ...Object.entries(KINDS).map(([value, label]) => ({ value, label }))];
const statuses = [{ value: "", label: "Any status" }, ...STATUSES.map((value) => ({ value, label: STATUS_TEXTS[value] }))];

export function CallFilter({ route, filter }: { route: Route; filter: Filter }) {
  const set = (change: Partial<Filter>) => go(href(route.project, "calls", route.id, { ...filter, ...change }), { replace: true });
  return (
    <div className="filters" role="search" aria-label="Calls">
      <SearchField className="pc-search filter-text" aria-label="Address" value={filter.text} onChange={(text) => set({ text })}>
        <Search aria-hidden="true" />
        <Input placeholder="Address or integration" />
      </SearchField>
      <SearchField className="pc-search filter-user" aria-label="User" value={filter.user} onChange={(user) => set({ user })}>
        <Input placeholder="User" />
      </SearchField>
      <Choice label="Kind" hideLabel value={filter.kind} options={kinds} onChange={(kind) => set({ kind })} />
      <Choice label="Status" hideLabel value={filter.status} options={statuses} onChange={(status) => set({ status })} />
    </div>
  );
}

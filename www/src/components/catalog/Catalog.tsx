// All integrations of the project, to search and to filter by whether they are connected.
import { Search, SearchX } from "lucide-react";
import { Button, useIntegrations } from "paragon-connect/react";
import { useState } from "react";
import { Input, SearchField, ToggleButton, ToggleButtonGroup, useFilter } from "react-aria-components";
import { useTitle } from "../../app/useTitle";
import { EmptyState } from "../layout/EmptyState";
import { IntegrationCard } from "./IntegrationCard";

type View = "all" | "connected";

export function Catalog() {
  useTitle("Integrations");
  const integrations = useIntegrations();
  const [search, setSearch] = useState("");
  const [view, setView] = useState<View>("all");
  const { contains } = useFilter({ sensitivity: "base" });

  const connected = integrations.filter((entry) => entry.status !== "not-connected");
  const shown = (view === "all" ? integrations : connected).filter((entry) => contains(entry.metadata.name, search));

  return (
    <>
      <div className="page-head">
        <h1>Integrations</h1>
        <p className="pc-muted">Connect the tools your team works with. Each account can be disconnected at any time.</p>
      </div>
      <div className="toolbar">
        <SearchField className="pc-search" aria-label="Search integrations" value={search} onChange={setSearch}>
          <Search aria-hidden="true" />
          <Input placeholder="Search" />
        </SearchField>
        <ToggleButtonGroup
          className="segments"
          aria-label="Show"
          disallowEmptySelection
          selectedKeys={[view]}
          onSelectionChange={(keys) => setView(keys.has("connected") ? "connected" : "all")}
        >
          <ToggleButton id="all" className="segment">
            All <span className="count">{integrations.length}</span>
          </ToggleButton>
          <ToggleButton id="connected" className="segment">
            Connected <span className="count">{connected.length}</span>
          </ToggleButton>
        </ToggleButtonGroup>
      </div>
      {shown.length > 0 ? (
        <ul className="catalog" aria-label="Integrations">
          {shown.map((entry) => (
            <li key={entry.metadata.type}>
              <IntegrationCard integration={entry} />
            </li>
          ))}
        </ul>
      ) : (
        <EmptyState
          icon={<SearchX />}
          title={search ? `Nothing matches “${search}”` : "Nothing is connected yet"}
          text={search ? "Try another name." : "Choose an integration to connect your first account."}
        >
          <Button
            onPress={() => {
              setSearch("");
              setView("all");
            }}
          >
            Show all integrations
          </Button>
        </EmptyState>
      )}
    </>
  );
}

// Runs of workflows, and one of them step by step.
import { Search, Workflow } from "lucide-react";
import { Button, StatusBadge } from "paragon-connect/react";
import { Input, SearchField } from "react-aria-components";
import { EmptyState } from "../../../src/components/layout/EmptyState";
import { Choice } from "../../../src/components/ui/Choice";
import { useAsked, useLive } from "../app/context";
import { go, href, type Route } from "../app/route";
import type { Catalog, Run, RunStatus } from "../app/types";
import { clockTime, count, duration, RUN_STATUS } from "../app/words";
import { Link } from "../ui/Link";
import { Trouble } from "../ui/Trouble";
import { RunPage } from "./RunPage";

const STATUSES = [
  { value: "", label: "Any state" },
  ...(Object.keys(RUN_STATUS) as RunStatus[]).map((value) => ({ value, label: RUN_STATUS[value].text })),
];

export function Runs({ route }: { route: Route }) {
  return route.id === null ? <List route={route} /> : <RunPage key={route.id} route={route} id={route.id} />;
}

function List({ route }: { route: Route }) {
  const stored = useLive((live) => live.stored);
  const wanted = { user: route.query.get("user") ?? "", workflow: route.query.get("workflow") ?? "", status: route.query.get("status") ?? "" };
  const filled = Object.entries(wanted).filter(([, value]) => value !== "");
  const { answer, error } = useAsked<{ runs: Run[]; total: number }>(`/runs?${new URLSearchParams(filled)}`, stored);
  const { answer: catalog } = useAsked<Catalog>("/catalog");
  const workflows = (catalog?.integrations ?? []).flatMap((one) =>
    one.workflows.map(({ id, description }) => ({ value: id, label: `${one.name}: ${description}` })),
  );
  const set = (change: Partial<typeof wanted>) => go(href(route.project, "runs", null, { ...wanted, ...change }), { replace: true });
  return (
    <>
      <div className="page-head page-head-row">
        <h1>Runs</h1>
      </div>
      <div className="filters filters-three" role="search" aria-label="Runs">
        <SearchField className="pc-search" aria-label="User" value={wanted.user} onChange={(user) => set({ user })}>
          <Search aria-hidden="true" />
          <Input placeholder="The app’s id of the user" />
        </SearchField>
        <Choice label="Workflow" hideLabel value={wanted.workflow} options={[{ value: "", label: "All workflows" }, ...workflows]} onChange={(workflow) => set({ workflow })} />
        <Choice label="State" hideLabel value={wanted.status} options={STATUSES} onChange={(status) => set({ status })} />
      </div>
      {error && <Trouble error={error} />}
      {answer && <Table route={route} runs={answer.runs} total={answer.total} isFiltered={filled.length > 0} />}
    </>
  );
}

function Table({ route, runs, total, isFiltered }: { route: Route; runs: readonly Run[]; total: number; isFiltered: boolean }) {
  if (runs.length === 0) {
    return (
      <div className="card">
        {isFiltered ? (
          <EmptyState icon={<Workflow />} title="No run fits" text="There are none for this user, workflow and state.">
            <Button onPress={() => go(href(route.project, "runs"), { replace: true })}>Show all</Button>
          </EmptyState>
        ) : (
          <EmptyState icon={<Workflow />} title="No workflow has run yet" text="Connect an account, switch a workflow on, and send the event that it waits for." />
        )}
      </div>
    );
  }
  return (
    <div className="card table-card">
      <table className="table" data-testid="runs">
        <caption className="pc-offscreen">Runs of workflows, the newest first</caption>
        <thead>
          <tr>
            <th scope="col" className="col-time">Began</th>
            <th scope="col">Workflow</th>
            <th scope="col" className="col-status">State</th>
            <th scope="col" className="col-number">Took</th>
          </tr>
        </thead>
        <tbody>
          {runs.map((run) => (
            <tr key={run.id} data-run={run.id}>
              <td className="col-time">
                <time dateTime={run.started}>{clockTime(run.started)}</time>
              </td>
              <td>
                <Link className="row-link" href={href(route.project, "runs", run.id)}>
                  {run.description ?? "A workflow that is no longer in the project file"}
                </Link>
                <span className="row-facts">
                  <time className="row-time" dateTime={run.started}>{clockTime(run.started)}</time>
                  {run.durationMs !== null && <span className="row-took">{duration(run.durationMs)}</span>}
                  {run.integration && <span>{run.integration.name}</span>}
                  <span>{count(run.tasks, "step")}</span>
                  {run.replayOf && <span>repeated</span>}
                  <span className="row-user">{run.user}</span>
                </span>
              </td>
              <td className="col-status">
                <StatusBadge tone={RUN_STATUS[run.status].tone}>{RUN_STATUS[run.status].text}</StatusBadge>
              </td>
              <td className="col-number">{run.durationMs === null ? "–" : duration(run.durationMs)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="table-foot pc-muted">{total > runs.length ? `The newest ${runs.length} of ${count(total, "run")}` : count(total, "run")}</p>
    </div>
  );
}

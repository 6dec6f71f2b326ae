// What happens, at one look: pictures of the last minutes, and what went wrong last.
import { CircleCheck } from "lucide-react";
import { StatusBadge } from "paragon-connect/react";
import { useEffect, useMemo, useState } from "react";
import { ToggleButton, ToggleButtonGroup } from "react-aria-components";
import { Card } from "../../../src/components/ui/Card";
import { Choice } from "../../../src/components/ui/Choice";
import { useAsked, useLive } from "../app/context";
import { href, type Route } from "../app/route";
import type { ListedUser, Run } from "../app/types";
import { clockTime, count, duration, outcome, RUN_STATUS, shortAddress } from "../app/words";
import { fits } from "../calls/filter";
import { Link } from "../ui/Link";
import { CallsChart, ErrorChart, LatencyChart } from "./charts";
import { errorShare, seriesOf, WINDOWS, type Side, type Window } from "./series";

const SIDES: { value: Side; label: string }[] = [
  { value: "incoming", label: "Calls to the platform" },
  { value: "outgoing", label: "Requests to providers" },
];
const WRONG = { text: "", kind: "", status: "error", user: "" };

export function Overview({ route }: { route: Route }) {
  const [side, setSide] = useState<Side>("incoming");
  const [window, setWindow] = useState<Window>(5);
  const slices = useLive((live) => live.slices);
  const sliceMs = useLive((live) => live.sliceMs);
  const classes = useLive((live) => live.classes);
  const now = useSlowNow(sliceMs);
  const series = useMemo(() => seriesOf(slices, sliceMs, classes, side, window, Math.max(now, slices.at(-1)?.at ?? 0)), [slices, sliceMs, classes, side, window, now]);
  const what = SIDES.find(({ value }) => value === side)?.label ?? "";
  const errors = errorShare(series.whole);

  return (
    <>
      <div className="page-head page-head-row">
        <h1>Overview</h1>
        <div className="page-actions">
          <div className="side-choice">
            <Choice label="What" hideLabel value={side} options={SIDES} onChange={setSide} />
          </div>
          <ToggleButtonGroup
            className="segments"
            aria-label="How far back"
            disallowEmptySelection
            selectedKeys={[String(window)]}
            onSelectionChange={(keys) => setWindow(WINDOWS.find((each) => keys.has(String(each))) ?? window)}
          >
            {WINDOWS.map((each) => (
              <ToggleButton key={each} id={String(each)} className="segment">
                {each} min
              </ToggleButton>
            ))}
          </ToggleButtonGroup>
        </div>
      </div>
      <dl className="tiles">
        <Tile name={`${what}, last ${window} min`} value={String(series.whole.total)} />
        <Tile name="Went wrong" value={errors === undefined ? "–" : `${errors.toFixed(errors > 0 && errors < 10 ? 1 : 0)} %`} />
        <Tile name="Half answered within" value={series.whole.median === undefined ? "–" : duration(series.whole.median)} />
        <Stored />
      </dl>
      <div className="charts">
        <CallsChart series={series} what={what} />
        <LatencyChart series={series} what={what} />
        <ErrorChart series={series} what={what} />
      </div>
      <div className="overview-lists">
        <Wrong route={route} />
        <LastRuns route={route} />
      </div>
    </>
  );
}

function Tile({ name, value }: { name: string; value: string }) {
  return (
    <div className="card tile">
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

function Stored() {
  const stored = useLive((live) => live.stored);
  const { answer } = useAsked<{ users: ListedUser[]; total: number }>("/users", stored);
  return <Tile name="Users" value={answer ? String(answer.total) : "–"} />;
}

/** What went wrong last. */
function Wrong({ route }: { route: Route }) {
  const calls = useLive((live) => live.calls);
  const wrong = useMemo(() => calls.filter((call) => fits(call, WRONG)).slice(0, 6), [calls]);
  return (
    <Card title="Went wrong last" actions={<Link href={href(route.project, "calls", null, { status: "error" })}>All</Link>}>
      {wrong.length === 0 ? (
        <p className="quiet-line">
          <CircleCheck aria-hidden="true" /> Nothing went wrong among the calls that are kept.
        </p>
      ) : (
        <ul className="lines">
          {wrong.map((call) => {
            const { tone, text } = outcome(call);
            return (
              <li key={call.id}>
                <Link className="row-link" href={href(route.project, "calls", call.id, { status: "error" })}>
                  <span className="method">{call.method}</span> {shortAddress(call)}
                </Link>
                <time dateTime={call.at}>{clockTime(call.at)}</time>
                <StatusBadge tone={tone}>{text}</StatusBadge>
              </li>
            );
          })}
        </ul>
      )}
    </Card>
  );
}

function LastRuns({ route }: { route: Route }) {
  const stored = useLive((live) => live.stored);
  const { answer } = useAsked<{ runs: Run[]; total: number }>("/runs", stored);
  const runs = answer?.runs.slice(0, 6) ?? [];
  return (
    <Card title="Last runs of workflows" actions={<Link href={href(route.project, "runs")}>All{answer && answer.total > 0 ? ` ${answer.total}` : ""}</Link>}>
      {runs.length === 0 ? (
        <p className="quiet-line">No workflow has run yet.</p>
      ) : (
        <ul className="lines">
          {runs.map((run) => (
            <li key={run.id}>
              <Link className="row-link" href={href(route.project, "runs", run.id)}>
                {run.description ?? "A workflow that is gone"} <small className="pc-muted">{run.user}, {count(run.tasks, "step")}</small>
              </Link>
              <time dateTime={run.started}>{clockTime(run.started)}</time>
              <StatusBadge tone={RUN_STATUS[run.status].tone}>{RUN_STATUS[run.status].text}</StatusBadge>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}

/** The machine's time, often enough for the pictures. */
function useSlowNow(every: number): number {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), every);
    return () => clearInterval(timer);
  }, [every]);
  return now;
}

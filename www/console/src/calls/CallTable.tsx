// The calls, newest first.
import { Radio } from "lucide-react";
import { Button, StatusBadge } from "paragon-connect/react";
import { memo, useState } from "react";
import { EmptyState } from "../../../src/components/layout/EmptyState";
import { go, href, type Route } from "../app/route";
import type { Call } from "../app/types";
import { clockTime, count, duration, KINDS, outcome, shortAddress } from "../app/words";
import { Link } from "../ui/Link";

/** So many rows at first: more are slow to draw while calls come in. */
const FIRST = 150;

type CallTableProps = { route: Route; calls: readonly Call[]; all: number };

export function CallTable({ route, calls, all }: CallTableProps) {
  const [most, setMost] = useState(FIRST);
  if (calls.length === 0) {
    return (
      <div className="card">
        {all === 0 ? (
          <EmptyState icon={<Radio />} title="No calls yet" text="Use the app or the demo: what the SDK asks and what providers are asked stands here as it happens." />
        ) : (
          <EmptyState icon={<Radio />} title="No call fits" text={`${count(all, "call")} are here, and none of them fits the filter.`}>
            <Button onPress={() => go(href(route.project, "calls", route.id), { replace: true })}>Show all</Button>
          </EmptyState>
        )}
      </div>
    );
  }
  const query = Object.fromEntries(route.query);
  return (
    <div className="card table-card">
      <table className="table calls" data-testid="calls">
        <caption className="pc-offscreen">Calls, the newest first</caption>
        <thead>
          <tr>
            <th scope="col" className="col-time">Time</th>
            <th scope="col">Call</th>
            <th scope="col" className="col-status">Status</th>
            <th scope="col" className="col-number">Took</th>
          </tr>
        </thead>
        <tbody>
          {calls.slice(0, most).map((call) => (
            <Row key={call.id} call={call} href={href(route.project, "calls", call.id, query)} isOpen={route.id === String(call.id)} />
          ))}
        </tbody>
      </table>
      <p className="table-foot pc-muted">
        {calls.length > most ? (
          <>
            {most} of {count(calls.length, "call")} <Button size="small" onPress={() => setMost(most * 4)}>Show more</Button>
          </>
        ) : (
          <>{calls.length === all ? count(all, "call") : `${calls.length} of ${count(all, "call")}`}</>
        )}
      </p>
    </div>
  );
}

const Row = memo(function Row({ call, href, isOpen }: { call: Call; href: string; isOpen: boolean }) {
  const { tone, text } = outcome(call);
  return (
    <tr data-open={isOpen || undefined} data-call={call.id} data-out={call.kind === "provider" || undefined}>
      <td className="col-time">
        <time dateTime={call.at}>{clockTime(call.at)}</time>
      </td>
      <td className="cell-call">
        <Link className="row-link" href={href} aria-current={isOpen ? "true" : undefined}>
          <span className="method">{call.method}</span> <span className="address">{shortAddress(call)}</span>
        </Link>
        <span className="row-facts">
          <time className="row-time" dateTime={call.at}>{clockTime(call.at)}</time>
          {call.durationMs !== null && <span className="row-took">{duration(call.durationMs)}</span>}
          <span>{KINDS[call.kind]}</span>
          {call.integration && <span>{call.integration}</span>}
          {call.user && <span className="row-user">{call.user}</span>}
          {call.fault && <span className="row-fault">Fault: {call.fault}</span>}
        </span>
      </td>
      <td className="col-status">
        <StatusBadge tone={tone}>{text}</StatusBadge>
      </td>
      <td className="col-number">{call.durationMs === null ? "–" : duration(call.durationMs)}</td>
    </tr>
  );
});

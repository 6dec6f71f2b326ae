// One call: what was sent, what was answered, and which other calls belong to it.
import { TriangleAlert } from "lucide-react";
import { Spinner, StatusBadge } from "paragon-connect/react";
import { useMemo } from "react";
import { JsonBlock } from "../../../src/components/ui/JsonBlock";
import { useAsked, useLive } from "../app/context";
import { href, type Route } from "../app/route";
import type { Message, WholeCall } from "../app/types";
import { dateTime, duration, KINDS, outcome, shortAddress, size } from "../app/words";
import { Detail } from "../ui/Detail";
import { Fact } from "../ui/Fact";
import { Link } from "../ui/Link";
import { Trouble } from "../ui/Trouble";

export function CallDetail({ route, id }: { route: Route; id: number }) {
  const line = useLive((live) => live.calls.find((call) => call.id === id));
  const { answer: call, error } = useAsked<WholeCall>(`/journal/${id}`, line);
  const back = href(route.project, "calls", null, Object.fromEntries(route.query));
  const title = call ? (
    <>
      <span className="method">{call.method}</span> {shortAddress(call)}
    </>
  ) : (
    `Call ${id}`
  );
  return (
    <Detail title={title} back={back} backText="All calls" data-testid="call">
      {error && <Trouble error={error} />}
      {call ? <Whole route={route} call={call} /> : !error && <Spinner label="Loading" />}
    </Detail>
  );
}

function Whole({ route, call }: { route: Route; call: WholeCall }) {
  const { tone, text } = outcome(call);
  return (
    <>
      <div className="detail-badges">
        <StatusBadge tone={tone}>{text}</StatusBadge>
        {call.fault && <StatusBadge tone="warn">{`Fault: ${call.fault}`}</StatusBadge>}
        <Link
          className="pc-button pc-button-secondary pc-button-small detail-do"
          href={href(route.project, "faults", null, {
            on: call.kind,
            method: call.method,
            path: call.address.split("?")[0] ?? "",
            integration: call.kind === "provider" ? (call.integration ?? "") : "",
          })}
        >
          <TriangleAlert aria-hidden="true" />
          Make such calls fail
        </Link>
      </div>
      {call.error && <p className="detail-error">{call.error}</p>}
      <dl className="facts">
        <Fact name="Address">{call.address}</Fact>
        <Fact name="Kind">{KINDS[call.kind]}</Fact>
        <Fact name="Began">{dateTime(call.at)}</Fact>
        <Fact name="Answer after">{call.durationMs === null ? "not yet" : duration(call.durationMs)}</Fact>
        {call.user && (
          <Fact name="User">
            <Link href={href(route.project, "calls", null, { user: call.user })}>{call.user}</Link>
          </Fact>
        )}
        {call.integration && <Fact name="Integration">{call.integration}</Fact>}
        <Fact name="Number">{call.id}</Fact>
      </dl>
      <Related route={route} call={call} />
      <Part title="Request" part={call.request} />
      <Part title="Answer" part={call.response} />
    </>
  );
}

/** The call that it was made for, and the requests that were made for it. */
function Related({ route, call }: { route: Route; call: WholeCall }) {
  const all = useLive((live) => live.calls);
  const related = useMemo(
    () => all.filter(({ id, parent }) => parent === call.id || id === call.parent || (call.parent !== null && parent === call.parent && id !== call.id)),
    [all, call],
  );
  if (related.length === 0) return null;
  return (
    <div className="related">
      <h3>{call.parent === null ? "Requests that it made" : "Made for, and beside"}</h3>
      <ul>
        {[...related].reverse().map((one) => {
          const { tone, text } = outcome(one);
          return (
            <li key={one.id}>
              <Link className="row-link" href={href(route.project, "calls", one.id)}>
                <span className="method">{one.method}</span> <span className="address">{shortAddress(one)}</span>
              </Link>
              <StatusBadge tone={tone}>{text}</StatusBadge>
            </li>
          );
        })}
      </ul>
    </div>
  );
}

function Part({ title, part }: { title: string; part: Message }) {
  const headers = Object.entries(part.headers);
  return (
    <section className="part" aria-label={title}>
      <h3>
        {title} <small className="pc-muted">{part.size === 0 ? "no body" : size(part.size)}</small>
      </h3>
      {part.body !== null && <Body title={title} body={part.body} />}
      {headers.length > 0 && (
        <details className="details">
          <summary>Headers ({headers.length})</summary>
          <dl className="facts headers">
            {headers.map(([name, value]) => (
              <Fact key={name} name={name}>
                {value}
              </Fact>
            ))}
          </dl>
        </details>
      )}
    </section>
  );
}

function Body({ title, body }: { title: string; body: unknown }) {
  if (typeof body === "object" && body !== null && "binary" in body && Object.keys(body).length === 1) {
    return <p className="pc-muted">It is not text, and not shown.</p>;
  }
  if (typeof body === "string") {
    return (
      <pre className="json-text" tabIndex={0} role="region" aria-label={`${title}: body`}>
        <code>{body}</code>
      </pre>
    );
  }
  return <JsonBlock value={body} label={`${title}: body`} />;
}

// One line of the event log.
import type { Activity, ActivityKind } from "../../app/activity";
import { JsonBlock } from "../ui/JsonBlock";

const clock = new Intl.DateTimeFormat(undefined, { hour: "2-digit", minute: "2-digit", second: "2-digit", hour12: false });

const KINDS: Record<ActivityKind, string> = {
  event: "Event",
  stage: "Flow",
  request: "Request",
  error: "Error",
  session: "Session",
};

export function EventRow({ entry }: { entry: Activity }) {
  const line = (
    <>
      <span className={`kind kind-${entry.kind}`}>{KINDS[entry.kind]}</span>
      <span className="event-title">
        {entry.title}
        {entry.subject && <small>{entry.subject}</small>}
      </span>
      <time dateTime={entry.at.toISOString()}>{clock.format(entry.at)}</time>
    </>
  );
  return (
    <li className="event" data-kind={entry.kind} data-title={entry.title} data-subject={entry.subject}>
      {entry.details === undefined ? (
        <div className="event-line">{line}</div>
      ) : (
        <details>
          <summary className="event-line">{line}</summary>
          <JsonBlock value={entry.details} label={`Details of ${entry.title}`} />
        </details>
      )}
    </li>
  );
}

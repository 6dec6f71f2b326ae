// What has happened, newest first.
import { Trash2 } from "lucide-react";
import { IconButton } from "paragon-connect/react";
import { clearActivity, useActivity } from "../../app/activity";
import { EventRow } from "./EventRow";
import { Panel } from "./Panel";

export function EventLog() {
  const entries = useActivity();
  return (
    <Panel
      title="Event log"
      note={entries.length}
      actions={
        entries.length > 0 && (
          <IconButton label="Clear the event log" onPress={clearActivity}>
            <Trash2 />
          </IconButton>
        )
      }
    >
      <div className="events" role="log" aria-label="Event log" data-testid="event-log" tabIndex={0}>
        {entries.length === 0 ? (
          <p className="pc-muted">Nothing yet. Connect an integration and watch what the SDK reports.</p>
        ) : (
          <ol>
            {entries.map((entry) => (
              <EventRow key={entry.id} entry={entry} />
            ))}
          </ol>
        )}
      </div>
    </Panel>
  );
}

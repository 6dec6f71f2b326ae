// What an app's developer looks at: the session, what has happened, and the SDK's user.
import type { Session } from "../../app/session";
import { EventLog } from "./EventLog";
import { SessionPanel } from "./SessionPanel";
import { UserPanel } from "./UserPanel";

export function Inspector({ session }: { session: Session }) {
  return (
    <aside className="inspector" aria-label="Inspector">
      <SessionPanel session={session} />
      <EventLog />
      <UserPanel />
    </aside>
  );
}

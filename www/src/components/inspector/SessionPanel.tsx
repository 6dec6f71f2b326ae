// The user token: how long it lasts, and a fresh one on demand.
import { RefreshCw } from "lucide-react";
import { paragon } from "paragon-connect";
import { Button, ErrorNotice, toShownError, type ShownError } from "paragon-connect/react";
import { useState } from "react";
import { record } from "../../app/activity";
import type { Session } from "../../app/session";
import { Panel } from "./Panel";

const clock = new Intl.DateTimeFormat(undefined, { timeStyle: "medium" });

export function SessionPanel({ session }: { session: Session }) {
  const { state, renew } = session;
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ShownError | null>(null);

  async function takeFreshToken() {
    setBusy(true);
    setError(null);
    const result = await renew().catch((thrown: unknown) => ({ error: toShownError(thrown) }));
    setBusy(false);
    if ("error" in result) {
      setError(result.error);
      record({ kind: "error", title: result.error.name, subject: "session", details: { message: result.error.message } });
    } else {
      record({ kind: "session", title: "Fresh token", details: { expiresAt: result.expiresAt?.toISOString() ?? "never" } });
    }
  }

  return (
    <Panel title="Session">
      <dl className="pc-facts facts-wide">
        <div>
          <dt>User</dt>
          <dd>{state.status === "signed-out" ? "none" : state.userId}</dd>
        </div>
        <div>
          <dt>Token until</dt>
          <dd data-testid="token-expiry">{state.status === "ready" && state.expiresAt ? clock.format(state.expiresAt) : "–"}</dd>
        </div>
        <div>
          <dt>SDK</dt>
          <dd>{paragon.getVersion()}</dd>
        </div>
      </dl>
      {error && <ErrorNotice error={error} onDismiss={() => setError(null)} />}
      <Button size="small" onPress={() => void takeFreshToken()} isBusy={busy} isDisabled={state.status !== "ready"}>
        {!busy && <RefreshCw aria-hidden="true" />}
        Take a fresh token
      </Button>
    </Panel>
  );
}

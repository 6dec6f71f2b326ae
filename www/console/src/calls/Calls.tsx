// The journal, live: its calls, and one of them with headers and bodies.
import { Eraser, Pause, Play } from "lucide-react";
import { Button } from "paragon-connect/react";
import { useMemo, useState } from "react";
import { ToggleButton } from "react-aria-components";
import { useAdmin, useDoing, useLive } from "../app/context";
import type { Route } from "../app/route";
import { Trouble } from "../ui/Trouble";
import { CallDetail } from "./CallDetail";
import { CallFilter } from "./CallFilter";
import { CallTable } from "./CallTable";
import { fits, readFilter } from "./filter";

export function Calls({ route }: { route: Route }) {
  const admin = useAdmin();
  const { busy, error, run, dismiss } = useDoing();
  const live = useLive((state) => state.calls);
  const [held, setHeld] = useState<typeof live | null>(null);
  const calls = held ?? live;
  const query = route.query.toString();
  const filter = useMemo(() => readFilter(new URLSearchParams(query)), [query]);
  const shown = useMemo(() => calls.filter((call) => fits(call, filter)), [calls, filter]);

  return (
    <div className="split" data-open={route.id !== null || undefined}>
      <div className="split-list">
        <div className="page-head page-head-row">
          <h1>Calls</h1>
          <div className="page-actions">
            <ToggleButton className="pc-button pc-button-secondary pc-button-small" isSelected={held !== null} onChange={(isHeld) => setHeld(isHeld ? live : null)}>
              {held ? <Play aria-hidden="true" /> : <Pause aria-hidden="true" />}
              {held ? "Go on" : "Hold"}
            </ToggleButton>
            <Button size="small" isBusy={busy} onPress={() => void run(() => admin.ask("/journal", { method: "DELETE" })).then(() => setHeld(null))}>
              <Eraser aria-hidden="true" />
              Empty the journal
            </Button>
          </div>
        </div>
        {error && <Trouble error={error} onDismiss={dismiss} />}
        <CallFilter route={route} filter={filter} />
        <CallTable route={route} calls={shown} all={calls.length} />
      </div>
      {route.id !== null && <CallDetail key={route.id} route={route} id={Number(route.id)} />}
    </div>
  );
}

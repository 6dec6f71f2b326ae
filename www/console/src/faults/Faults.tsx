// What goes wrong on purpose: the faults that are on, and new ones.
import { ShieldCheck, Trash2 } from "lucide-react";
import { Button, IconButton, StatusBadge } from "paragon-connect/react";
import { Card } from "../../../src/components/ui/Card";
import { EmptyState } from "../../../src/components/layout/EmptyState";
import { useAdmin, useDoing, useLive } from "../app/context";
import { href, type Route } from "../app/route";
import { Link } from "../ui/Link";
import { Trouble } from "../ui/Trouble";
import { FaultForm } from "./FaultForm";
import { conditionText, effectText } from "./rule";

export function Faults({ route }: { route: Route }) {
  return (
    <>
      <div className="page-head page-head-row">
        <h1>Faults</h1>
        <Link href={href(route.project, "calls", null, { status: "fault" })}>Calls that a fault broke</Link>
      </div>
      <div className="two">
        <FaultForm key={route.query.toString()} query={route.query} />
        <List />
      </div>
    </>
  );
}

function List() {
  const admin = useAdmin();
  const faults = useLive((live) => live.faults);
  const { busy, error, run, dismiss } = useDoing();
  const takeAway = (path: string) => void run(() => admin.ask(path, { method: "DELETE" }));
  const all = (
    <Button size="small" isBusy={busy} onPress={() => takeAway("/faults")}>
      Take all away
    </Button>
  );
  return (
    <Card title="Switched on" actions={faults.length > 1 && all}>
      {error && <Trouble error={error} onDismiss={dismiss} />}
      {faults.length === 0 ? (
        <EmptyState icon={<ShieldCheck />} title="No faults" text="Everything goes as well as it can." />
      ) : (
        <ul className="lines" aria-label="Faults">
          {faults.map((fault) => {
            const isDone = fault.times !== undefined && fault.applied >= fault.times;
            return (
              <li key={fault.id} data-fault={fault.id}>
                <div className="line-text">
                  <strong>{effectText(fault)}</strong>
                  <span className="pc-muted">{conditionText(fault)}</span>
                </div>
                <StatusBadge tone={isDone ? "neutral" : "warn"}>{isDone ? `Done, ${fault.applied} broken` : `${fault.applied} of ${fault.matched} broken`}</StatusBadge>
                <IconButton label={`Take away: ${effectText(fault)}`} onPress={() => takeAway(`/faults/${fault.id}`)}>
                  <Trash2 />
                </IconButton>
              </li>
            );
          })}
        </ul>
      )}
    </Card>
  );
}

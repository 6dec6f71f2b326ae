// The project's clock: to stop, to move, to set.
import { Pause, Play, RotateCcw } from "lucide-react";
import { Button } from "paragon-connect/react";
import { useState } from "react";
import { Form } from "react-aria-components";
import { Card } from "../../../src/components/ui/Card";
import { useAdmin, useDoing, useLive } from "../app/context";
import { useNow } from "../app/useNow";
import { dateTime, duration } from "../app/words";
import { Field } from "../ui/Field";
import { Trouble } from "../ui/Trouble";

const STEPS = [
  { text: "1 minute", ms: 60_000 },
  { text: "1 hour", ms: 3_600_000 },
  { text: "1 day", ms: 86_400_000 },
  { text: "30 days", ms: 30 * 86_400_000 },
];

export function ClockView() {
  const admin = useAdmin();
  const now = useNow();
  const { frozenAt, offsetMs } = useLive((live) => live.clock);
  const { busy, error, run, dismiss } = useDoing();
  const [at, setAt] = useState("");
  const change = (body: Record<string, unknown>) => void run(() => admin.ask("/clock", { method: "PATCH", body }));
  const isFrozen = frozenAt !== null;

  return (
    <>
      <div className="page-head">
        <h1>Clock</h1>
        <p className="pc-muted">User tokens, the providers’ tokens, schedules and retries follow the project’s time. Whoever waits for a time wakes as soon as the clock is moved past it.</p>
      </div>
      {error && <Trouble error={error} onDismiss={dismiss} />}
      <div className="two">
        <Card title="Now">
          <div className="clock-face">
            <p className="clock-time" data-testid="clock">
              <time dateTime={new Date(now).toISOString()}>{dateTime(now)}</time>
            </p>
            <p className="pc-muted" role="status" data-testid="clock-state">
              {isFrozen ? "It stands." : Math.abs(offsetMs) > 1_000 ? `It runs, ${duration(Math.abs(Math.round(offsetMs / 1_000) * 1_000))} ${offsetMs > 0 ? "ahead of" : "behind"} this machine.` : "It runs as this machine’s clock does."}
            </p>
            <p className="pc-muted pc-mono">{new Date(now).toISOString()}</p>
          </div>
          <div className="page-actions">
            <Button look="primary" isBusy={busy} onPress={() => change({ frozen: !isFrozen })}>
              {isFrozen ? <Play aria-hidden="true" /> : <Pause aria-hidden="true" />}
              {isFrozen ? "Let it run" : "Stop it"}
            </Button>
            <Button isBusy={busy} onPress={() => change({ reset: true })}>
              <RotateCcw aria-hidden="true" />
              Back to this machine’s time
            </Button>
          </div>
        </Card>
        <Card title="Move it">
          <div className="clock-steps" role="group" aria-label="Ahead by">
            {STEPS.map(({ text, ms }) => (
              <Button key={ms} isBusy={busy} onPress={() => change({ advanceMs: ms })}>
                {`+ ${text}`}
              </Button>
            ))}
          </div>
          <Form
            className="form-line"
            onSubmit={(event) => {
              event.preventDefault();
              const date = new Date(at);
              if (!Number.isNaN(date.getTime())) change({ set: date.getTime() });
            }}
          >
            <Field label="To this time (of this machine’s zone)" type="datetime-local" value={at} onChange={setAt} step="1" isRequired />
            <Button type="submit" isBusy={busy}>
              Set
            </Button>
          </Form>
        </Card>
      </div>
    </>
  );
}

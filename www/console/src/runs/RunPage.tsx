// One run: the picture, the time, and what went into a step and came out.
import { ArrowLeft, Repeat } from "lucide-react";
import { Button, Spinner, StatusBadge } from "paragon-connect/react";
import { useMemo, useState } from "react";
import { Card } from "../../../src/components/ui/Card";
import { JsonBlock } from "../../../src/components/ui/JsonBlock";
import { useAdmin, useAsked, useDoing, useLive } from "../app/context";
import { go, href, type Route } from "../app/route";
import type { Declared, Step, WholeRun } from "../app/types";
import { useNow } from "../app/useNow";
import { dateTime, duration, RUN_STATUS, stepType, triggerText } from "../app/words";
import { Fact } from "../ui/Fact";
import { Link } from "../ui/Link";
import { Trouble } from "../ui/Trouble";
import { Graph } from "./Graph";
import { flat, itemOf, numberOf, titleOf } from "./state";
import { Timeline } from "./Timeline";

export function RunPage({ route, id }: { route: Route; id: string }) {
  const stored = useLive((live) => live.stored);
  const { answer: run, error } = useAsked<WholeRun>(`/runs/${encodeURIComponent(id)}`, stored);
  return (
    <>
      <Link className="back-link back-link-shown" href={href(route.project, "runs")}>
        <ArrowLeft aria-hidden="true" />
        All runs
      </Link>
      {error && <Trouble error={error} />}
      {run ? <Whole route={route} run={run} /> : !error && <Spinner label="Loading" />}
    </>
  );
}

function Whole({ route, run }: { route: Route; run: WholeRun }) {
  const admin = useAdmin();
  const now = useNow();
  const [open, setOpen] = useState("1");
  const { busy, error, run: act, dismiss } = useDoing();
  const trigger = useMemo<Declared>(() => ({ number: 1, name: null, type: run.steps[0]?.type ?? "TRIGGER" }), [run.steps]);
  const declared = useMemo(() => new Map([trigger, ...flat(run.outline)].map((step) => [step.number, step])), [trigger, run.outline]);
  const { tone, text } = RUN_STATUS[run.status];
  const shown = run.steps.find(({ place }) => place === open);
  const number = shown ? numberOf(shown.place) : Number(open);

  async function repeat() {
    await act(async () => {
      const { id } = await admin.ask<{ id: string }>(`/runs/${run.id}/replay`, { method: "POST" });
      go(href(route.project, "runs", id));
    });
  }

  return (
    <div className="stack">
      <div className="page-head page-head-row run-head">
        <div>
          <h1>{run.description ?? "A workflow that is no longer in the project file"}</h1>
          <p className="pc-muted">{triggerText(run.trigger)}</p>
        </div>
        <div className="page-actions">
          <StatusBadge tone={tone}>{text}</StatusBadge>
          <Button size="small" isBusy={busy} onPress={() => void repeat()}>
            <Repeat aria-hidden="true" />
            Run again
          </Button>
        </div>
      </div>
      {error && <Trouble error={error} onDismiss={dismiss} />}
      <div className="card card-plain">
        <dl className="facts facts-columns">
          <Fact name="User">
            <Link href={href(route.project, "users", run.personaId)}>{run.user}</Link>
          </Fact>
          {run.integration && <Fact name="Integration">{run.integration.name}</Fact>}
          <Fact name="Began">{dateTime(run.started)}</Fact>
          <Fact name="Took">{run.durationMs === null ? "not at its end" : duration(run.durationMs)}</Fact>
          {run.due && <Fact name="Goes on at">{dateTime(run.due)}</Fact>}
          {run.replayOf && (
            <Fact name="Repeats">
              <Link href={href(route.project, "runs", run.replayOf)}>{run.replayOf}</Link>
            </Fact>
          )}
          <Fact name="Id">{run.id}</Fact>
        </dl>
      </div>
      <div className="run-pictures">
        <Card title="Graph">
          <Graph
            trigger={trigger}
            outline={run.outline}
            steps={run.steps}
            open={number}
            onOpen={(step) => setOpen(run.steps.find(({ place }) => numberOf(place) === step)?.place ?? String(step))}
          />
        </Card>
        <div className="stack">
          <Card title="Timeline" description="By the project’s clock">
            <Timeline run={run} declared={declared} now={now} open={shown?.id} onOpen={(step) => setOpen(step.place)} />
          </Card>
          <StepCard step={shown} declared={declared.get(number)} place={open} />
        </div>
      </div>
    </div>
  );
}

function StepCard({ step, declared, place }: { step: Step | undefined; declared: Declared | undefined; place: string }) {
  const title = declared ? titleOf(declared) : step ? stepType(step.type) : `Step ${place}`;
  const about = step ? [stepType(step.type), itemOf(step.place), step.due && `next try at ${dateTime(step.due)}`].filter(Boolean).join(", ") : "This step was not taken.";
  return (
    <div data-testid="step">
      <Card title={`${numberOf(place)}. ${title}`} description={about}>
        {step && (
          <div className="step-data">
            <div className="part">
              <h3>Input</h3>
              <JsonBlock value={step.input} label="Input of the step" data-testid="step-input" />
            </div>
            <div className="part">
              <h3>Output</h3>
              <JsonBlock value={step.output} label="Output of the step" data-testid="step-output" />
            </div>
          </div>
        )}
      </Card>
    </div>
  );
}

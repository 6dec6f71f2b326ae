// The run in time: a row for each step that was taken, with a bar from its beginning to its end.
import { StatusBadge } from "paragon-connect/react";
import type { Declared, Step, WholeRun } from "../app/types";
import { duration, RUN_STATUS, stepType } from "../app/words";
import { itemOf, numberOf, titleOf } from "./state";

type TimelineProps = {
  run: WholeRun;
  declared: ReadonlyMap<number, Declared>;
  /** The project's time, in milliseconds since 1970. */
  now: number;
  /** The id of the step that is open. */
  open: string | undefined;
  onOpen: (step: Step) => void;
};

export function Timeline({ run, declared, now, open, onOpen }: TimelineProps) {
  const start = Date.parse(run.started);
  const end = Math.max(run.ended === null ? now : Date.parse(run.ended), start + 1);
  const percent = (at: number) => Math.min(Math.max(((at - start) / (end - start)) * 100, 0), 100);
  return (
    <table className="timeline" data-testid="timeline">
      <caption className="pc-offscreen">Steps in the order in which they began</caption>
      <thead>
        <tr>
          <th scope="col">Step</th>
          <th scope="col" className="timeline-time">
            <span className="timeline-scale">
              <span>0 ms</span>
              <span>{duration(end - start)}</span>
            </span>
          </th>
          <th scope="col" className="timeline-state">State</th>
          <th scope="col" className="col-number">Took</th>
        </tr>
      </thead>
      <tbody>
        {run.steps.map((step) => {
          const until = step.endedMs ?? Math.max(now, step.startedMs);
          const { tone, text } = RUN_STATUS[step.status];
          const known = declared.get(numberOf(step.place));
          const left = Math.min(percent(step.startedMs), 98.5);
          return (
            <tr key={step.id} data-place={step.place} data-open={open === step.id || undefined}>
              <th scope="row">
                <button type="button" className="timeline-step" aria-pressed={open === step.id} onClick={() => onOpen(step)}>
                  <span className="timeline-title">{known ? titleOf(known) : stepType(step.type)}</span>
                  <small>
                    {numberOf(step.place)}. {stepType(step.type)}
                    {itemOf(step.place) && `, ${itemOf(step.place)}`}
                    {step.attempts > 0 && `, ${step.attempts === 1 ? "1 try" : `${step.attempts} tries`} failed`}
                  </small>
                </button>
              </th>
              <td className="timeline-time">
                  <span className="pc-offscreen">{`after ${duration(Math.max(step.startedMs - start, 0))}`}</span>
                <span className="timeline-track">
                  <span className={`timeline-bar timeline-${tone}`} style={{ insetInlineStart: `${left}%`, width: `${Math.max(percent(until) - left, 1.5)}%` }} />
                </span>
              </td>
              <td className="timeline-state">
                <StatusBadge tone={tone}>{text}</StatusBadge>
              </td>
              <td className="col-number">{step.endedMs === null ? "–" : duration(step.endedMs - step.startedMs)}</td>
            </tr>
          );
        })}
      </tbody>
    </table>
  );
}

// The run as a picture: what was declared, and how far it came. Each box can be opened; its text says what its colour says.
import { useLayoutEffect, useMemo, useRef } from "react";
import type { Declared, Step } from "../app/types";
import { stepType } from "../app/words";
import { BOX, layOut, type Edge } from "./layout";
import { stateOf, titleOf } from "./state";

type GraphProps = {
  trigger: Declared;
  outline: readonly Declared[];
  steps: readonly Step[];
  /** The number of the step that is open. */
  open: number;
  onOpen: (number: number) => void;
};

const PAD = 6;

export function Graph({ trigger, outline, steps, open, onOpen }: GraphProps) {
  const picture = useMemo(() => layOut(trigger, outline), [trigger, outline]);
  const states = useMemo(() => new Map(picture.boxes.map(({ step }) => [step.number, stateOf(step.number, steps)])), [picture, steps]);
  const wasTaken = ({ steps, way }: Edge) =>
    steps.every((number) => number === 0 || states.get(number)?.taken.length) && (!way || states.get(way.step)?.taken.some((step) => resultOf(step) === way.result));
  const scroll = useRef<HTMLDivElement>(null);
  // Where it is wider than the page, the trigger is in sight.
  useLayoutEffect(() => {
    if (scroll.current) scroll.current.scrollLeft = (scroll.current.scrollWidth - scroll.current.clientWidth) / 2;
  }, [picture]);
  const width = picture.width + 2 * PAD;
  const height = picture.height + 2 * PAD;
  return (
    <div className="graph-scroll" data-scrolls ref={scroll} tabIndex={0} role="group" aria-label="The run as a graph">
      <div className="graph" style={{ width, height }}>
        <svg width={width} height={height} aria-hidden="true">
          <defs>
            <marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">
              <path className="arrow" d="M0 0.5 L7.5 4 L0 7.5 Z" />
            </marker>
          </defs>
          <g transform={`translate(${PAD} ${PAD})`}>
            {picture.groups.map(({ x, y, width: wide, height: high, label }) => (
              <g key={`${x} ${y}`}>
                <rect className="group" x={x} y={y} width={wide} height={high} rx={12} />
                <text className="group-label" x={x + 12} y={y + 20}>
                  {label}
                </text>
              </g>
            ))}
            {/* Those that were taken lie over the others. */}
            {[false, true].flatMap((isTaken) =>
              picture.edges.map((edge, index) => Boolean(wasTaken(edge)) === isTaken && <Arrow key={index} edge={edge} isTaken={isTaken} />),
            )}
          </g>
        </svg>
        <ol>
          {picture.boxes.map(({ step, x, y }) => {
            const state = states.get(step.number);
            return (
              <li key={step.number} style={{ left: x + PAD, top: y + PAD, width: BOX.width, height: BOX.height }}>
                <button
                  type="button"
                  className={`box box-${state?.taken.length ? state.tone : "none"}`}
                  aria-pressed={open === step.number}
                  onClick={() => onOpen(step.number)}
                  data-step={step.number}
                >
                  <span className="box-title">{titleOf(step)}</span>
                  <span className="box-foot">
                    <span className="box-type">
                      {step.number}. {stepType(step.type)}
                    </span>
                    <span className="box-state">{state?.text}</span>
                  </span>
                </button>
              </li>
            );
          })}
        </ol>
      </div>
    </div>
  );
}

/** What a conditional came to. */
function resultOf({ output }: Step): unknown {
  return typeof output === "object" && output !== null && "result" in output ? output.result : undefined;
}

function Arrow({ edge: { from, to, label, steps }, isTaken }: { edge: Edge; isTaken: boolean }) {
  const middle = (from.y + to.y) / 2;
  const isStraight = Math.abs(from.x - to.x) < 1;
  const path = isStraight ? `M${from.x} ${from.y} V${to.y}` : `M${from.x} ${from.y} C${from.x} ${middle} ${to.x} ${middle} ${to.x} ${to.y}`;
  return (
    <>
      <path className="edge" data-taken={isTaken || undefined} d={path} markerEnd={steps[1] > 0 ? "url(#arrow)" : undefined} />
      {label && (
        <text className="edge-label" x={to.x} y={to.y - 10} dx={isStraight ? 8 : to.x < from.x ? -8 : 8} textAnchor={!isStraight && to.x < from.x ? "end" : "start"}>
          {label}
        </text>
      )}
    </>
  );
}

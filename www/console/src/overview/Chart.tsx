// A picture of numbers over time, with its axes. Its values are also there as a table.
import { useLayoutEffect, useRef, useState } from "react";
import { shortTime } from "../app/words";
import { marks, markEvery } from "./scale";

export type Place = { x: (index: number) => number; y: (value: number) => number; band: number };

type ChartProps = {
  title: string;
  /** What the picture says, in a sentence. */
  summary: string;
  unit: string;
  times: readonly number[];
  spanMs: number;
  most: number;
  isWhole?: boolean;
  legend: readonly { className: string; text: string }[];
  /** What stands there of a span, such as `4 good, 1 refused`. */
  tell: (index: number) => string;
  columns: readonly string[];
  cells: (index: number) => readonly string[];
  children: (place: Place) => React.ReactNode;
};

const HEIGHT = 176;
const LEFT = 44;
const BOTTOM = 22;
const TOP = 8;

export function Chart({ title, summary, unit, times, spanMs, most, isWhole = false, legend, tell, columns, cells, children }: ChartProps) {
  const [box, width] = useWidth();
  const [over, setOver] = useState<number | null>(null);
  const steps = marks(most, isWhole);
  const top = steps[steps.length - 1] ?? 1;
  const inner = Math.max(width - LEFT - 6, 1);
  const band = inner / times.length;
  const place: Place = {
    band,
    x: (index) => LEFT + index * band,
    y: (value) => TOP + (HEIGHT - TOP - BOTTOM) * (1 - value / top),
  };
  const every = markEvery(times.length * spanMs, Math.max(Math.floor(inner / 64), 2));
  const filled = times.map((_, index) => index).filter((index) => cells(index).some((cell) => cell !== "0" && cell !== "–"));

  return (
    <figure className="card chart" aria-label={title}>
      <figcaption className="chart-head">
        <h2>
          {title} <small className="pc-muted">{unit}</small>
        </h2>
        <ul className="legend">
          {legend.map(({ className, text }) => (
            <li key={text}>
              <span className={`legend-mark ${className}`} aria-hidden="true" />
              {text}
            </li>
          ))}
        </ul>
      </figcaption>
      <div className="chart-box" ref={box}>
        <svg
          width={width}
          height={HEIGHT}
          role="img"
          aria-label={summary}
          onPointerMove={(event) => {
            const index = Math.floor((event.clientX - event.currentTarget.getBoundingClientRect().left - LEFT) / band);
            setOver(index >= 0 && index < times.length ? index : null);
          }}
          onPointerLeave={() => setOver(null)}
        >
          {steps.map((step) => (
            <g key={step}>
              <line className="grid-line" x1={LEFT} x2={width - 6} y1={place.y(step)} y2={place.y(step)} />
              <text className="axis-text" x={LEFT - 8} y={place.y(step) + 4} textAnchor="end">
                {step}
              </text>
            </g>
          ))}
          {times.map(
            (at, index) =>
              at % every === 0 &&
              place.x(index) > LEFT &&
              place.x(index) < width - 20 && (
                <text key={at} className="axis-text" x={place.x(index)} y={HEIGHT - 5} textAnchor="middle">
                  {shortTime(at)}
                </text>
              ),
          )}
          {over !== null && <rect className="chart-over" x={place.x(over)} y={TOP} width={band} height={HEIGHT - TOP - BOTTOM} />}
          {children(place)}
        </svg>
      </div>
      <p className="chart-tell" aria-hidden="true">
        {over === null ? summary : `${shortSpan(times[over] ?? 0, spanMs)}: ${tell(over)}`}
      </p>
      <details className="details chart-table">
        <summary>As a table</summary>
        {filled.length === 0 ? (
          <p className="pc-muted">There is nothing in this time.</p>
        ) : (
          <div className="scroll" data-scrolls tabIndex={0} role="region" aria-label={`${title} as a table`}>
            <table className="numbers">
              <caption className="pc-offscreen">{`${title}, ${unit}`}</caption>
              <thead>
                <tr>
                  <th scope="col">Time</th>
                  {columns.map((column) => (
                    <th key={column} scope="col">
                      {column}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {filled.reverse().map((index) => (
                  <tr key={times[index]}>
                    <th scope="row">{shortSpan(times[index] ?? 0, spanMs)}</th>
                    {cells(index).map((cell, column) => (
                      <td key={columns[column]}>{cell}</td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
      </details>
    </figure>
  );
}

const seconds = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", second: "2-digit" });
const shortSpan = (at: number, spanMs: number): string => (spanMs < 60_000 ? seconds.format(at) : shortTime(at));

/** The width that there is, in CSS pixels. */
function useWidth(): [React.RefObject<HTMLDivElement | null>, number] {
  const box = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(320);
  useLayoutEffect(() => {
    const element = box.current;
    if (!element) return;
    const observer = new ResizeObserver(() => setWidth(Math.max(Math.floor(element.clientWidth), 200)));
    observer.observe(element);
    setWidth(Math.max(Math.floor(element.clientWidth), 200));
    return () => observer.disconnect();
  }, []);
  return [box, width];
}

// The three pictures: calls, how long they take, how many go wrong.
import { count, duration } from "../app/words";
import { Chart } from "./Chart";
import { errorShare, type Series } from "./series";

type Picture = { series: Series; what: string };

export function CallsChart({ series: { spans, spanMs, whole }, what }: Picture) {
  const parts = [
    { name: "good", className: "fill-good", text: "Good (below 400)" },
    { name: "refused", className: "fill-warn", text: "Refused (4xx)" },
    { name: "failed", className: "fill-bad", text: "Failed (5xx, no answer)" },
  ] as const;
  return (
    <Chart
      title={what}
      unit={`per ${duration(spanMs).replace(".0", "")}`}
      summary={`${count(whole.total, "call")}: ${whole.good} good, ${whole.refused} refused, ${whole.failed} failed`}
      times={spans.map(({ at }) => at)}
      spanMs={spanMs}
      most={Math.max(...spans.map(({ total }) => total))}
      isWhole
      legend={parts}
      tell={(index) => parts.map(({ name }) => `${spans[index]?.[name] ?? 0} ${name}`).join(", ")}
      columns={["Good", "Refused", "Failed"]}
      cells={(index) => parts.map(({ name }) => String(spans[index]?.[name] ?? 0))}
    >
      {({ x, y, band }) =>
        spans.flatMap((span, index) => {
          let below = 0;
          return parts.map(({ name, className }) => {
            const from = below;
            below += span[name];
            if (span[name] === 0) return null;
            return <rect key={`${span.at} ${name}`} className={className} x={x(index) + 1} width={Math.max(band - 2, 1)} y={y(below)} height={y(from) - y(below)} rx={1} />;
          });
        })
      }
    </Chart>
  );
}

export function LatencyChart({ series: { spans, spanMs, whole } }: Picture) {
  const shown = (ms: number | undefined) => (ms === undefined ? "–" : String(ms));
  return (
    <Chart
      title="Latency"
      unit="milliseconds until the answer began"
      summary={whole.median === undefined ? "No calls in this time" : `Half within ${duration(whole.median)}, 95 of 100 within ${duration(whole.slow ?? 0)}`}
      times={spans.map(({ at }) => at)}
      spanMs={spanMs}
      most={Math.max(...spans.map(({ slow }) => slow ?? 0))}
      isWhole
      legend={[
        { className: "fill-accent", text: "Half of the calls (median)" },
        { className: "fill-second", text: "95 of 100" },
      ]}
      tell={(index) => {
        const span = spans[index];
        return span?.median === undefined ? "no calls" : `half within ${duration(span.median)}, 95 of 100 within ${duration(span.slow ?? 0)}`;
      }}
      columns={["Median (ms)", "95 of 100 (ms)"]}
      cells={(index) => [shown(spans[index]?.median), shown(spans[index]?.slow)]}
    >
      {({ x, y, band }) => (
        <>
          <Dots values={spans.map(({ slow }) => slow)} x={(index) => x(index) + band / 2} y={y} name="second" />
          <Dots values={spans.map(({ median }) => median)} x={(index) => x(index) + band / 2} y={y} name="accent" />
        </>
      )}
    </Chart>
  );
}

export function ErrorChart({ series: { spans, spanMs, whole } }: Picture) {
  const shares = spans.map(errorShare);
  const all = errorShare(whole);
  const shown = (share: number | undefined) => (share === undefined ? "–" : share.toFixed(share < 10 && share > 0 ? 1 : 0));
  return (
    <Chart
      title="Errors"
      unit="% of calls"
      summary={all === undefined ? "No calls in this time" : `${shown(all)} % of ${count(whole.total, "call")} went wrong`}
      times={spans.map(({ at }) => at)}
      spanMs={spanMs}
      most={100}
      isWhole
      legend={[{ className: "fill-bad", text: "Status 400 and above, or no answer" }]}
      tell={(index) => (shares[index] === undefined ? "no calls" : `${shown(shares[index])} %`)}
      columns={["Errors (%)"]}
      cells={(index) => [shown(shares[index])]}
    >
      {({ x, y, band }) => <Dots values={shares} x={(index) => x(index) + band / 2} y={y} name="bad" />}
    </Chart>
  );
}

type DotsProps = { values: readonly (number | undefined)[]; x: (index: number) => number; y: (value: number) => number; name: string };

/** A line through neighbours, and a dot for each value: a span without calls is a gap and not a zero. */
function Dots({ values, x, y, name }: DotsProps) {
  const pieces: string[] = [];
  values.forEach((value, index) => {
    if (value === undefined) return;
    const isJoined = values[index - 1] !== undefined;
    pieces.push(`${isJoined ? "L" : "M"}${x(index)} ${y(value)}`);
  });
  return (
    <>
      <path className={`line line-${name}`} d={pieces.join("")} />
      {values.map((value, index) => value !== undefined && <circle key={index} className={`fill-${name}`} cx={x(index)} cy={y(value)} r={2.5} />)}
    </>
  );
}

// What the pictures show, made from the journal's tally: calls, latency and the share of errors in even spans of time.
import type { Counts, Slice } from "../app/types";

export type Side = "incoming" | "outgoing";
export const WINDOWS = [5, 15, 60] as const;
/** Minutes. */
export type Window = (typeof WINDOWS)[number];

/** So many spans are drawn. */
const SPANS = 60;

export type Span = {
  /** Its beginning, in milliseconds since 1970. */
  at: number;
  good: number;
  refused: number;
  failed: number;
  total: number;
  /** Milliseconds that half of the calls, and 95 of 100, took at most; undefined without calls. */
  median: number | undefined;
  slow: number | undefined;
};

export type Series = { spans: Span[]; spanMs: number; whole: Span };

/** The last `window` minutes before `now`. */
export function seriesOf(slices: readonly Slice[], sliceMs: number, classes: readonly number[], side: Side, window: Window, now: number): Series {
  const spanMs = Math.max(sliceMs, (window * 60_000) / SPANS);
  // Spans begin at even times, so that they do not change as time goes by.
  const end = Math.floor(now / spanMs) * spanMs + spanMs;
  const start = end - spanMs * SPANS;
  const spans = Array.from({ length: SPANS }, (_, index) => emptyCounts(classes.length, start + index * spanMs));
  const whole = emptyCounts(classes.length, start);
  for (const slice of slices) {
    const span = spans[Math.floor((slice.at - start) / spanMs)];
    if (!span || slice.at < start) continue;
    add(span.counts, slice[side]);
    add(whole.counts, slice[side]);
  }
  return { spans: spans.map((span) => toSpan(span, classes)), spanMs, whole: toSpan(whole, classes) };
}

type Open = { at: number; counts: Counts };

const emptyCounts = (classes: number, at: number): Open => ({
  at,
  counts: { good: 0, refused: 0, failed: 0, latency: Array.from({ length: classes + 1 }, () => 0) },
});

function add(to: Counts, more: Counts): void {
  to.good += more.good;
  to.refused += more.refused;
  to.failed += more.failed;
  more.latency.forEach((number, index) => (to.latency[index] = (to.latency[index] ?? 0) + number));
}

function toSpan({ at, counts }: Open, classes: readonly number[]): Span {
  const { good, refused, failed } = counts;
  return { at, good, refused, failed, total: good + refused + failed, median: share(counts, classes, 0.5), slow: share(counts, classes, 0.95) };
}

/** Milliseconds that this share of the calls took at most: the upper end of its class. */
function share({ latency }: Counts, classes: readonly number[], part: number): number | undefined {
  const total = latency.reduce((sum, number) => sum + number, 0);
  if (total === 0) return undefined;
  let passed = 0;
  const index = latency.findIndex((number) => (passed += number) >= total * part);
  return classes[Math.min(index, classes.length - 1)];
}

export const errorShare = ({ refused, failed, total }: Span): number | undefined => (total === 0 ? undefined : ((refused + failed) / total) * 100);

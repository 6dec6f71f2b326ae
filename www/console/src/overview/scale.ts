// Even steps for axes.

/** Marks of an axis up to at least `most`: at most five, at round numbers. */
export function marks(most: number, isWhole: boolean): number[] {
  const wanted = Math.max(most, isWhole ? 4 : 1);
  const rough = wanted / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 2.5, 5, 10].map((factor) => factor * power).find((each) => each >= rough && (!isWhole || Number.isInteger(each))) ?? 10 * power;
  const last = Math.ceil(wanted / step);
  return Array.from({ length: last + 1 }, (_, index) => index * step);
}

const MINUTE = 60_000;

/** Whole minutes for the marks of a time axis: at most `most` of them in so many milliseconds. */
export function markEvery(ms: number, most: number): number {
  const steps = [1, 2, 5, 10, 15, 30, 60].map((minutes) => minutes * MINUTE);
  return steps.find((step) => ms / step <= most) ?? 60 * MINUTE;
}

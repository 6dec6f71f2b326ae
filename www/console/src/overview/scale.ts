// Even steps for an axis that begins at nothing.

/** Marks of an axis up to at least `most`: at most five, at round numbers. */
export function marks(most: number, isWhole: boolean): number[] {
  const wanted = Math.max(most, isWhole ? 4 : 1);
  const rough = wanted / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 2.5, 5, 10].map((factor) => factor * power).find((each) => each >= rough && (!isWhole || Number.isInteger(each))) ?? 10 * power;
  const last = Math.ceil(wanted / step);
  return Array.from({ length: last + 1 }, (_, index) => index * step);
}

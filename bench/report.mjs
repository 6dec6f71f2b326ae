// The table: medians, their spread, and ours by the official package's.

import { cpus, totalmem } from "node:os";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../tools/process.mjs";

const sorted = (values) => [...values].sort((a, b) => a - b);
export function median(values) {
  const all = sorted(values);
  const middle = all.length >> 1;
  return all.length % 2 ? all[middle] : (all[middle - 1] + all[middle]) / 2;
}

// A figure with as many digits as say something.
function figure(value, unit = "") {
  if (typeof value === "string") return value;
  const size = Math.abs(value);
  const digits = size >= 100 || Number.isInteger(value) ? 0 : size >= 10 ? 1 : 2;
  if (unit === "µs" && size >= 10_000) return figure(value / 1000, "ms");
  return `${value.toFixed(digits)}${unit ? ` ${unit}` : ""}`;
}

// The middle half of the runs.
function spread(values, unit) {
  const all = sorted(values);
  if (all.length < 3 || typeof all[0] === "string") return "";
  const last = all.length - 1;
  return ` (${figure(all[Math.floor(last / 4)], unit)} to ${figure(all[Math.ceil((3 * last) / 4)], unit)})`;
}

/** `results`: `[{ title, unit, aim, values: { official, ours, again } }]`. Answers the rows of a table, as texts. */
export function rows(results) {
  return results.map(({ title, unit, aim = "", values: { official, ours, again } }) => {
    const numbers = typeof official[0] === "number";
    const both = [...official, ...again];
    const base = numbers ? median(both) : undefined;
    // Next to nothing divides by nothing.
    const ratio = numbers && Math.abs(base) > 1e-3 ? (median(ours) / base).toFixed(2) : "";
    const noise = numbers && Math.abs(median(official)) > 1e-3 ? (median(again) / median(official)).toFixed(2) : "";
    const tell = (values) => (numbers ? figure(median(values), unit) + spread(values, unit) : values[0]);
    return [title, tell(both), tell(ours), ratio, aim, noise];
  });
}

export const HEAD = ["measure", "official", "ours", "ours / official", "aim", "official / official"];

export const markdown = (table) => [HEAD, HEAD.map(() => "---"), ...table].map((cells) => `| ${cells.join(" | ")} |`).join("\n");

/** What the figures were made with. */
export function setting(browserVersion) {
  const version = (name) => JSON.parse(readFileSync(join(root, name, "package.json"), "utf8")).version;
  const memory = Math.round(totalmem() / 2 ** 30);
  return (
    `Measured on ${new Date().toISOString().slice(0, 10)} with \`paragon-connect\` ${version(".")} and \`@useparagon/connect\` ` +
    `${version("node_modules/@useparagon/connect")}, in Chromium ${browserVersion}, headless, on a machine with ${cpus().length} cores and ${memory} GiB of memory.`
  );
}

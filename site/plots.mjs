// Bars beside the measured tables. A table with a column `ours / official` gets one of its ratios; the figures stay in the
// table, so the bars say nothing to screen readers.

const cellsOf = (line) => line.split(/(?<!\\)\|/).slice(1, -1).map((cell) => cell.trim());
const TABLE = /^\|.*\bours \/ official\b.*\|\n\| *-[-| :]*\|\n(?:\|.*\|\n?)+/m;

/** The widest bar, as a ratio: what is more is cut off there. */
const WIDEST = 1.25;
const percent = (ratio) => `${((Math.min(ratio, WIDEST) / WIDEST) * 100).toFixed(1)}%`;
const escaped = (text) => text.replace(/[`*]/g, "").replace(/[&<>"{]/g, (character) => `&#${character.charCodeAt(0)};`);

/** A text whose tables of ratios have their bars before them. */
export const withPlots = (markdown) => markdown.replace(TABLE, (table) => `${barsOf(table)}\n\n${table}`);

function barsOf(table) {
  const [head, , ...rows] = table.trim().split("\n").map(cellsOf);
  const column = head.indexOf("ours / official");
  const bars = rows.flatMap((cells) => {
    const ratio = Number.parseFloat(cells[column]);
    if (Number.isNaN(ratio)) return [];
    const kind = ratio > 1 ? "bar over" : "bar";
    return [`<span class="what">${escaped(cells[0])}</span><span class="track"><span class="${kind}" style="width:${percent(ratio)}"></span></span><span class="ratio">${ratio}</span>`];
  });
  const title = "Ours by the official package's; the line is at 1, and shorter is better.";
  return `<figure class="plot" aria-hidden="true" style="--one:${percent(1)}"><figcaption>${title}</figcaption><div class="rows">${bars.join("")}</div></figure>`;
}

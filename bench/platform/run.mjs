// `npm run bench -- platform`: the platform's proxy beside nginx as a plain reverse proxy to the same server, in the same run;
// its memory, and how its first calls grow. See docs/platform-performance.md, which `UPDATE_DOCS=1 npm run bench -- platform`
// writes anew. Linux only: what a process has used is read from /proc.

import { spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { cpus, totalmem } from "node:os";
import { join } from "node:path";
import { root, run, say, since } from "../../tools/process.mjs";
import { MEASURES } from "./measures.mjs";
import { hasNginx, MIB, Servers } from "./servers.mjs";

const WHOLE = { seconds: 5, rounds: 3, giant: 1024 * MIB, users: 10_000, integrations: [10, 100, 1000] };

const figure = (value, unit) => {
  if (value === undefined) return "";
  const digits = value >= 100 ? 0 : value >= 10 ? 1 : 2;
  return `${value.toFixed(digits)}${unit ? ` ${unit}` : ""}`;
};

export const HEAD = ["measure", "nginx", "platform", "platform / nginx", "aim"];
export const cells = ({ title, unit, nginx, platform, aim = "" }) => [
  title,
  figure(nginx, unit),
  figure(platform, unit),
  nginx ? (platform / nginx).toFixed(2) : "",
  aim,
];
export const markdown = (rows) => [HEAD, HEAD.map(() => "---"), ...rows].map((row) => `| ${row.join(" | ")} |`).join("\n");

function setting() {
  const nginx = hasNginx ? /nginx\/\S+/.exec(spawnSync("nginx", ["-v"], { encoding: "utf8" }).stderr)?.[0] : undefined;
  const beside = nginx ? `beside ${nginx}` : "without nginx, which is not installed: so there is nothing to compare with";
  const memory = Math.round(totalmem() / 2 ** 30);
  return `Measured on ${new Date().toISOString().slice(0, 10)} ${beside}, on a machine with ${cpus().length} cores and ${memory} GiB of memory that also runs the load and the server behind.`;
}

export async function bench({ only, scale = 1 }) {
  await run("cargo", ["build", "--release", "--package", "paragon-local"]);
  const begun = Date.now();
  const amount = { ...WHOLE, seconds: Math.max(1, Math.round(WHOLE.seconds * scale)) };
  if (!hasNginx) say("nginx is not installed (Debian: apt-get install nginx-light); the platform is measured alone.");
  const servers = await Servers.start({ binary: join(root, "target", "release", "paragon-local"), giant: amount.giant });
  const all = [];
  try {
    for (const measure of MEASURES.filter(({ title }) => !only || title.includes(only))) {
      for (const row of await measure.run(servers, amount)) {
        all.push(cells(row));
        say(all.at(-1).map((cell, index) => (index && cell ? `${HEAD[index]}: ${cell}` : cell)).filter(Boolean).join("; "));
      }
    }
  } finally {
    await servers.stop();
  }
  say(`\n${markdown(all)}\n\n${setting()} Done in ${since(begun)}.`);
  if (process.env.UPDATE_DOCS && !only) {
    const page = readFileSync(join(import.meta.dirname, "page.md"), "utf8");
    writeFileSync(join(root, "docs/platform-performance.md"), page.replace("SETTING", setting()).replace("TABLE", markdown(all)));
  }
}

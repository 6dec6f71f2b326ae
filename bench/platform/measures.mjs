// What is measured of the platform. Each measure answers a list of rows: `{ title, unit, nginx, platform, aim, better }`.

import { once } from "node:events";
import { get } from "node:http";
import autocannon from "autocannon";
import { cpu, forget, memory, MIB } from "./servers.mjs";

const CONNECTIONS = 32;

/** Requests to one target for some seconds. */
async function load({ url, headers, pid }, { seconds, connections = CONNECTIONS }) {
  const before = cpu(pid);
  const { requests, latency, errors, non2xx, duration } = await autocannon({ url, headers, connections, duration: seconds });
  if (errors || non2xx || !requests.total) throw new Error(`${url}: ${errors} errors, ${non2xx} refusals, ${requests.total} answers`);
  return { rate: requests.total / duration, p50: latency.p50, p99: latency.p99, cpu: ((cpu(pid) - before) * 1000) / requests.total };
}

const ARMS = ["nginx", "raw", "wrapped"];

/** The arms in turn, more than once; of each figure the best, which the machine's other work has disturbed least. */
async function inTurn(servers, path, { seconds, rounds }, arms = ARMS) {
  const best = {};
  for (let round = 0; round < rounds; round++) {
    for (const arm of arms) {
      if (arm === "nginx" && !servers.nginx) continue;
      const figures = await load(servers.target(arm, path), { seconds });
      const known = (best[arm] ??= figures);
      known.rate = Math.max(known.rate, figures.rate);
      for (const name of ["p50", "p99", "cpu"]) known[name] = Math.min(known[name], figures[name]);
    }
  }
  return best;
}

const table = (what, { nginx, ...ours }, aim) =>
  Object.entries(ours).flatMap(([arm, figures]) => {
    const row = (title, unit, name, aim) => ({ title: `${what}, ${arm}: ${title}`, unit, nginx: nginx?.[name], platform: figures[name], aim });
    return [
      row("answers a second", "", "rate", arm === "raw" ? aim : undefined),
      row("half of them within", "ms", "p50"),
      row("99 % within", "ms", "p99"),
      row("processor time of one", "µs", "cpu"),
    ];
  });

/** Reads an answer and throws it away; its length. */
async function drain({ url, headers }) {
  const [response] = await once(get(url, { headers }), "response");
  let length = 0;
  for await (const chunk of response) length += chunk.length;
  return length;
}

export const MEASURES = [
  {
    title: "small answers",
    run: async (servers, scale) => table("small answers", await inTurn(servers, "/small", scale), "≥ 0.5"),
  },
  {
    title: "answers of 1 MB",
    run: async (servers, scale) => table("answers of 1 MB", await inTurn(servers, "/big", scale, ["nginx", "raw"]), "≥ 0.9"),
  },
  {
    title: "memory while streaming",
    run: async (servers, { giant }) => {
      const target = servers.target("raw", "/giant");
      await drain(servers.target("raw", "/big"));
      forget(target.pid);
      const before = memory(target.pid).now;
      const length = await drain(target);
      if (length !== giant) throw new Error(`the long answer has ${length} bytes instead of ${giant}`);
      const more = Math.max(0, memory(target.pid).most - before);
      return [{ title: `one answer of ${giant / MIB} MB, raw: memory above that before it`, unit: "MiB", platform: more, aim: "flat" }];
    },
  },
  {
    title: "the first two calls of a page",
    run: async (servers, { users, integrations, seconds }) => {
      const rows = [];
      for (const count of integrations) {
        const project = await servers.project(count, users);
        const token = await project.token("user-7", { seconds: 24 * 3600 });
        for (const call of ["me", "integrations"]) {
          const url = `${project.address}/projects/${project.id}/sdk/${call}`;
          const target = { url, headers: { authorization: `Bearer ${token}` }, pid: servers.pid };
          const figures = await load(target, { seconds, connections: 1 });
          rows.push({ title: `\`${call}\`, ${count} integrations, ${users} users: half within`, unit: "ms", platform: figures.p50 || 1000 / figures.rate });
          rows.push({ title: `\`${call}\`, ${count} integrations, ${users} users: processor time of one`, unit: "µs", platform: figures.cpu });
        }
        await project.delete();
      }
      return rows;
    },
  },
];

// What is measured: a server behind, nginx as a plain proxy before it, and the platform's proxy before the same server.

import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { closeSync, ftruncateSync, mkdirSync, mkdtempSync, openSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { connect, createServer as createSocketServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { start } from "../../src/testing/index.js";

const SMALL = JSON.stringify({ ok: true, items: [1, 2, 3], text: "a small answer, as most are" });
export const MIB = 2 ** 20;
export const hasNginx = spawnSync("nginx", ["-v"]).status === 0;

async function freePort() {
  const server = createSocketServer();
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = server.address();
  await once(server.close(), "close");
  return port;
}

async function answers(port) {
  for (const end = Date.now() + 30_000; ; ) {
    const socket = connect(port, "127.0.0.1");
    const reached = await Promise.race([once(socket, "connect").then(() => true), once(socket, "error").then(() => false)]).catch(() => false);
    socket.destroy();
    if (reached) return;
    if (Date.now() > end) throw new Error(`nothing answers on port ${port} after 30 s`);
    await pause(50);
  }
}

/** nginx with one server block. */
async function nginx(folder, name, block) {
  const port = await freePort();
  const place = join(folder, name);
  mkdirSync(place);
  const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map((kind) => `${kind}_temp_path ${place}/${kind};`).join(" ");
  writeFileSync(
    join(place, "nginx.conf"),
    `daemon off; pid ${place}/pid; error_log ${place}/error.log; worker_processes auto;
${process.getuid?.() === 0 ? "user root;" : ""}
events { worker_connections 1024; }
http { access_log off; sendfile on; keepalive_requests 1000000; ${temporary}
${block.replace("LISTEN", `listen 127.0.0.1:${port}; default_type application/json;`)} }`,
  );
  const child = spawn("nginx", ["-p", place, "-c", join(place, "nginx.conf")], { stdio: ["ignore", "ignore", "inherit"] });
  await answers(port);
  return { pid: child.pid, address: `http://127.0.0.1:${port}`, stop: () => (child.kill(), once(child, "exit")) };
}

// Where there is no nginx: slower, and enough to see that everything works.
async function plainUpstream(folder) {
  const files = { "/big": readFileSync(join(folder, "big")) };
  const server = createServer((request, response) => {
    if (request.url === "/giant") {
      let left = files.giant;
      const chunk = Buffer.alloc(64 * 1024);
      const more = () => {
        while (left > 0) {
          left -= chunk.length;
          if (!response.write(chunk)) return response.once("drain", more);
        }
        response.end();
      };
      return more();
    }
    response.setHeader("content-type", "application/json").end(files[request.url] ?? SMALL);
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  return { files, address: `http://127.0.0.1:${server.address().port}`, stop: () => (server.closeAllConnections(), once(server.close(), "close")) };
}

const project = (integrations, upstream) =>
  Array.from(
    { length: integrations },
    (_, index) => `[[integrations]]
type = "custom"
name = "Bench ${index}"
slug = "bench${index}"
baseUrl = "${upstream}"
authorization = { kind = "bearer", token = "{{inputs.key}}" }
preOptions = [{ id = "key", title = "Key", type = "PASSWORD" }]
settings = [{ id = "channel", title = "Channel", type = "TEXT_NO_VARS", required = false }]
[[integrations.workflows]]
key = "w"
description = "A workflow"
`,
  ).join("\n");

export class Servers {
  /** `giant`: bytes of the longest answer. */
  static async start({ binary, giant }) {
    const servers = new Servers();
    servers.folder = mkdtempSync(join(tmpdir(), "paragon-bench-"));
    try {
      writeFileSync(join(servers.folder, "big"), Buffer.alloc(MIB, "x"));
      const file = openSync(join(servers.folder, "giant"), "w");
      ftruncateSync(file, giant);
      closeSync(file);
      if (hasNginx) {
        servers.upstream = await nginx(servers.folder, "upstream", `server { LISTEN root ${servers.folder}; location = /small { return 200 '${SMALL}'; } }`);
        const behind = servers.upstream.address.replace("http://", "");
        servers.nginx = await nginx(
          servers.folder,
          "proxy",
          `upstream behind { server ${behind}; keepalive 64; }
server { LISTEN location / { proxy_pass http://behind; proxy_http_version 1.1; proxy_set_header Connection ""; } }`,
        );
      } else {
        servers.upstream = await plainUpstream(servers.folder);
        servers.upstream.files.giant = giant;
      }
      servers.platform = await start({ binary, projectFile: project(1, servers.upstream.address), seed: [{ id: "ada", accounts: [{ integration: "custom.bench0", inputs: { key: "k" } }] }] });
      // The helper does not say which process it has started; it is a child of this one.
      servers.pid = family(process.pid).find((pid) => readFileSync(`/proc/${pid}/cmdline`, "utf8").startsWith(`${binary}\0serve`));
      servers.token = await servers.platform.token("ada", { seconds: 24 * 3600 });
      return servers;
    } catch (error) {
      await servers.stop();
      throw error;
    }
  }

  /** Where an arm has a path of the upstream, and with which headers. */
  target(arm, path) {
    if (arm === "nginx") return { url: `${this.nginx.address}${path}`, pid: this.nginx.pid };
    const url = `${this.platform.address}/projects/${this.platform.id}/sdk/proxy/custom.bench0${path}`;
    return { url, pid: this.pid, headers: { authorization: `Bearer ${this.token}`, ...(arm === "raw" && { "x-paragon-use-raw-response": "1" }) } };
  }

  /** A project with so many integrations and users, who have each connected one. */
  async project(integrations, users) {
    const one = await this.platform.createProject({ projectFile: project(integrations, this.upstream.address) });
    for (let from = 0; from < users; from += 500) {
      const batch = Array.from({ length: Math.min(500, users - from) }, (_, at) => ({
        id: `user-${from + at}`,
        accounts: [{ integration: `custom.bench${(from + at) % integrations}`, inputs: { key: "k" } }],
      }));
      await one.seed(batch);
    }
    return one;
  }

  async stop() {
    await this.platform?.stop();
    await this.nginx?.stop();
    await this.upstream?.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

// Figures of processes, as Linux tells them.
const field = (pid, name) => Number(new RegExp(`^${name}:\\s+(\\d+)`, "m").exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0);
const family = (pid) => [pid, ...readdirSync(`/proc/${pid}/task`).flatMap((task) => readFileSync(`/proc/${pid}/task/${task}/children`, "utf8").split(" ").filter(Boolean).map(Number))];

/** Milliseconds of processor time that a process and its children have taken. */
export function cpu(pid) {
  return family(pid).reduce((sum, one) => {
    const fields = readFileSync(`/proc/${one}/stat`, "utf8").split(") ")[1].split(" ");
    return sum + (Number(fields[11]) + Number(fields[12])) * 10;
  }, 0);
}

/** MiB that a process holds, and the most it has held since `forget`. */
export const memory = (pid) => ({ now: field(pid, "VmRSS") / 1024, most: field(pid, "VmHWM") / 1024 });
export const forget = (pid) => writeFileSync(`/proc/${pid}/clear_refs`, "5");

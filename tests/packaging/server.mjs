// Servers of apps: of built files, and those that tools bring along.

import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join } from "node:path";

const TYPES = { ".html": "text/html", ".js": "text/javascript", ".mjs": "text/javascript", ".css": "text/css", ".json": "application/json" };

/** How long a tool's server may take to start, in milliseconds. */
const PATIENCE = 120_000;

/** Serves a folder, while `run` runs with its address. */
export async function serveFiles(folder, run) {
  const server = createServer(async ({ url }, response) => {
    const { pathname } = new URL(url, "http://localhost");
    const path = pathname.endsWith("/") ? `${pathname}index.html` : pathname;
    try {
      const body = await readFile(join(folder, path));
      response.writeHead(200, { "content-type": TYPES[extname(path)] ?? "application/octet-stream" }).end(body);
    } catch {
      response.writeHead(404).end();
    }
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  try {
    return await run(`http://127.0.0.1:${server.address().port}/`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

/** Starts a tool's own server, which prints its address, and ends it when `run` is done. */
export async function serveBy(cwd, args, run) {
  // A group of its own: such servers start others, which must end with them.
  const child = spawn(process.execPath, args, {
    cwd,
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
    env: { ...process.env, NO_COLOR: "1", FORCE_COLOR: "0", NEXT_TELEMETRY_DISABLED: "1" },
  });
  const ended = once(child, "exit");
  let output = "";
  let timer;
  try {
    const address = await new Promise((resolve, reject) => {
      const read = (chunk) => {
        output += chunk;
        const found = /http:\/\/localhost:\d+/.exec(output);
        if (found) resolve(`${found[0]}/`);
      };
      child.stdout.on("data", read);
      child.stderr.on("data", read);
      child.on("exit", (code) => reject(new Error(`${args.join(" ")} ended with ${code}.\n${output}`)));
      timer = setTimeout(() => reject(new Error(`${args.join(" ")} has not told its address.\n${output}`)), PATIENCE);
    });
    return await run(address);
  } finally {
    clearTimeout(timer);
    if (child.exitCode === null && child.signalCode === null) process.kill(-child.pid, "SIGKILL");
    await ended;
  }
}

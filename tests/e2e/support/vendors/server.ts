// The vendors' hosts on this machine: their scripts and picker pages, over https, for a Chromium that is told by
// `rules` to look for their names here.

import { readFile } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import { generate } from "selfsigned";

/** What a vendor's host was asked. */
export type Asked = { method: string; host: string; path: string; query: string; body: string; referer: string };

const FOLDER = "tests/e2e/support/vendors";
const BOX = "/platform/elements/21.0.0/en-US/picker";

/** Names under which the vendors are asked. */
export const HOSTS = {
  google: "apis.google.com",
  box: "cdn01.boxcdn.net",
  // The official package loads a library of Microsoft's for signing in.
  library: "alcdn.msauth.net",
  sharepoint: "lighthouse.sharepoint.com",
  onedrive: "lighthouse-my.sharepoint.com",
  personal: "onedrive.live.com",
  foreign: "evil.example",
};

export class Vendors {
  readonly asked: Asked[] = [];
  /** Hosts that answer 503 for now. */
  readonly down = new Set<string>();

  private constructor(
    private readonly server: Server,
    /** For Chromium's `--host-resolver-rules`. */
    readonly rules: string,
  ) {}

  static async start(): Promise<Vendors> {
    const { private: key, cert } = await generate([{ name: "commonName", value: "vendors" }], { keySize: 2048 });
    const files = new Map<string, [type: string, text: string]>();
    for (const name of ["google.js", "box.js", "microsoft.js"]) {
      files.set(name, ["text/javascript", await readFile(`${FOLDER}/${name}`, "utf8")]);
    }
    const server = createServer({ key, cert });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    const vendors = new Vendors(server, Object.values(HOSTS).map((host) => `MAP ${host}:443 127.0.0.1:${port}`).join(","));
    server.on("request", (request, response) => vendors.answer(request, response, files));
    return vendors;
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  /** How often this was asked for. */
  count(path: string): number {
    return this.asked.filter((one) => one.path === path).length;
  }

  private async answer(request: IncomingMessage, response: ServerResponse, files: Map<string, [string, string]>): Promise<void> {
    let body = "";
    for await (const chunk of request) body += chunk;
    const host = request.headers.host ?? "";
    const { pathname: path, search: query } = new URL(request.url ?? "/", `https://${host}`);
    const { method = "", headers } = request;
    this.asked.push({ method, host, path, query, body, referer: headers.referer ?? "" });
    const send = (type: string, text: string) => response.setHeader("content-type", type).end(text);
    const script = (name: string) => send(...files.get(name)!);
    const isPicker = path.endsWith("/_layouts/15/FilePicker.aspx") || (host === HOSTS.personal && path === "/picker");
    if (this.down.has(host)) response.writeHead(503).end();
    else if (host === HOSTS.google && path === "/js/api.js") script("google.js");
    else if (host === HOSTS.google && path === "/picker-module") response.end();
    else if (host === HOSTS.box && path === `${BOX}.js`) script("box.js");
    else if (host === HOSTS.box && path === `${BOX}.css`) send("text/css", ".be { --box: loaded }");
    else if (host === HOSTS.library) send("text/javascript", "window.msal = {};");
    else if (isPicker && method === "POST") send("text/html", page(path));
    else if (path === "/microsoft.js") script("microsoft.js");
    else response.writeHead(404).end();
  }
}

const page = (path: string) => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>${path}</title><link rel="icon" href="data:,"></head>
<body><script src="/microsoft.js"></script></body></html>`;

// A server in the proxy's place, for answers that no sandbox provider gives.

import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Host } from "./host.ts";

export type Handler = (request: IncomingMessage, response: ServerResponse, nth: number) => void;

const CORS = {
  "access-control-allow-origin": "*",
  "access-control-allow-headers": "authorization, content-type, x-paragon-sdk-version, x-paragon-use-raw-response",
  "access-control-allow-methods": "*",
  "access-control-expose-headers": "*",
};

// The user is the local platform's; only the proxy is this server.
export async function withProxy(host: Host, handler: Handler, run: (seen: () => number) => Promise<void>) {
  let seen = 0;
  const server = createServer((request, response) => {
    for (const [name, value] of Object.entries(CORS)) response.setHeader(name, value);
    if (request.method === "OPTIONS") response.end();
    else handler(request, response, ++seen);
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const proxy = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  try {
    await host.open();
    await host.page.evaluate(
      ([base, environments]) => window.paragon.configureGlobal({ host: base }, environments),
      [host.platform.base, { ...host.platform.environments, WORKER_PROXY_PUBLIC_URL: proxy }] as const,
    );
    await host.authenticate();
    await run(() => seen);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

export const json = (response: ServerResponse, status: number, body: unknown, headers = {}) =>
  response.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(body));

// A server between the page and the platform. It passes everything on, until a test breaks what a call asks.

import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import type { Platform } from "./platform.ts";
import { json } from "./proxy.ts";

/** Answers in the platform's place; or only makes it late. */
export type Break = (request: IncomingMessage, response: ServerResponse) => void | Promise<void>;

/** How an answer can be broken; what is not here, the test does to the browser. */
export const BREAKS: Record<string, Break> = {
  reset: (request) => void request.socket.resetAndDestroy(),
  timeout: () => {},
  slow: () => new Promise((later) => setTimeout(later, 300)),
  "half a body": (_, response) => {
    response.writeHead(200, { "content-type": "application/json", "content-length": 1000 });
    response.write('{"id": "1', () => response.destroy());
  },
  "half its JSON": (_, response) => void response.writeHead(200, { "content-type": "application/json" }).end('{"id": "1'),
  "not JSON": (_, response) => void response.writeHead(200, { "content-type": "text/html" }).end("<html>no</html>"),
  "no body": (_, response) => void response.writeHead(204).end(),
  "missing fields": (_, response) => void json(response, 200, {}),
  "wrong types": (_, response) =>
    void json(response, 200, { id: 7, status: [], configurations: {}, integrations: 1, output: true, meta: "m", resources: "r", project: 3 }),
  huge: (_, response) => void json(response, 200, Array(60_000).fill({ id: 7, configurations: "none", label: "x".repeat(40) })),
  ...Object.fromEntries(
    [400, 401, 403, 404, 409, 429, 500, 503].map((status) => [
      `${status}`,
      (_: IncomingMessage, response: ServerResponse) => json(response, status, { message: "no", code: 1000, status }),
    ]),
  ),
};

export class Faulty {
  /** What happens to the requests of now. */
  fault: Break | undefined;
  /** How many it has met. */
  met = 0;
  private readonly hanging = new Set<ServerResponse>();

  private constructor(
    private readonly server: Server,
    private readonly platform: Platform,
  ) {}

  static async start(platform: Platform): Promise<Faulty> {
    const server = createServer((request, response) => {
      faulty.answer(request, response).catch((error: unknown) => response.destroy(error as Error));
    });
    const faulty = new Faulty(server, platform);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return faulty;
  }

  get origin(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Requests whose answer has not ended. */
  get open(): number {
    return this.hanging.size;
  }

  /** Ends the requests that hang. */
  drop(): void {
    for (const response of this.hanging) response.destroy();
  }

  /** Nobody listens any more, until the function that it answers is called. */
  async stop(): Promise<() => Promise<void>> {
    const { port } = this.server.address() as AddressInfo;
    const closed = new Promise((resolve) => this.server.close(resolve));
    this.server.closeAllConnections();
    await closed;
    return () => new Promise<void>((resolve) => this.server.listen(port, "127.0.0.1", resolve));
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    response.setHeader("access-control-allow-origin", "*");
    response.setHeader("access-control-allow-headers", request.headers["access-control-request-headers"] ?? "*");
    response.setHeader("access-control-allow-methods", "*");
    response.setHeader("access-control-expose-headers", "*");
    // A preflight that is remembered would let fewer requests come.
    if (request.method === "OPTIONS") return void response.end();
    this.hanging.add(response);
    response.on("close", () => this.hanging.delete(response));
    if (this.fault) {
      this.met++;
      await this.fault(request, response);
      if (this.fault !== BREAKS.slow) return;
    }
    const { host: _, connection: __, origin: ___, referer: ____, "content-length": _____, ...headers } = request.headers;
    const body = await text(request);
    const answer = await fetch(`${this.platform.base}${request.url}`, {
      method: request.method!,
      headers: headers as Record<string, string>,
      ...(body && { body }),
    });
    response.statusCode = answer.status;
    response.setHeader("content-type", answer.headers.get("content-type") ?? "application/json");
    response.end(Buffer.from(await answer.arrayBuffer()));
  }
}

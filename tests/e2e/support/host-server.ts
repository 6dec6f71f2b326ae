// Serves the host page: an app's page with nothing on it but an SDK and a button.

import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { build } from "esbuild";

export type Sdk = "ours" | "official";

/** What scripts and stylesheets of others need on a page that was opened with `?nonce`. */
export const NONCE = "nonce-of-the-page";

const page = (sdk: Sdk) => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Host page</title><link rel="icon" href="data:,">
<script type="module" nonce="${NONCE}" src="/${sdk}.js"></script></head>
<body><button id="go">Go</button></body></html>`;

// With ours, everything has to work under a strict policy.
const policy = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "connect-src http://127.0.0.1:*",
  "frame-src http://127.0.0.1:*",
  "img-src data: http://127.0.0.1:*",
  "require-trusted-types-for 'script'",
].join("; ");

const policyWithNonce = policy
  .replace("script-src 'self'", `script-src 'self' 'nonce-${NONCE}'`)
  .replace("connect-src", "connect-src https://apis.google.com")
  .concat(`; style-src 'nonce-${NONCE}'; trusted-types paragon-connect`);

export class HostServer {
  private constructor(
    private readonly server: Server,
    readonly origin: string,
  ) {}

  static async start(): Promise<HostServer> {
    const scripts = new Map<string, string>();
    for (const sdk of ["ours", "official"]) {
      const { outputFiles } = await build({
        entryPoints: [`tests/e2e/pages/${sdk}.ts`],
        bundle: true,
        format: "esm",
        platform: "browser",
        write: false,
        logLevel: "error",
        define: { "process.env.NODE_ENV": '"production"', global: "globalThis" },
      });
      scripts.set(`/${sdk}.js`, outputFiles[0]!.text);
    }
    const server = createServer((request, response) => {
      const { pathname: path, search } = new URL(request.url ?? "/", "http://host");
      const script = scripts.get(path);
      if (script !== undefined) {
        response.setHeader("content-type", "text/javascript").end(script);
      } else if (path === "/ours" || path === "/official") {
        if (path === "/ours") response.setHeader("content-security-policy", search === "?nonce" ? policyWithNonce : policy);
        if (search === "?isolated") response.setHeader("cross-origin-opener-policy", "same-origin");
        response.setHeader("content-type", "text/html").end(page(path.slice(1) as Sdk));
      } else {
        response.writeHead(404).end();
      }
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return new HostServer(server, `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

// Serves the host page: an app's page with nothing on it but an SDK and a button.

import { readFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { build } from "esbuild";

export type Sdk = "ours" | "no-wasm" | "official" | "react" | "react18" | "react17" | "element" | "watched";

const PAGES: Sdk[] = ["ours", "no-wasm", "official", "react", "react18", "react17", "element"];

/** What scripts and stylesheets of others need on a page that was opened with `?nonce`. */
export const NONCE = "nonce-of-the-page";

const page = (sdk: Sdk) => `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>Host page</title><link rel="icon" href="data:,">
<meta id="react-aria-pressable-style">${sdk.startsWith("react") ? '<link rel="stylesheet" href="/react.css">' : ""}
<script type="module" nonce="${NONCE}" src="/${sdk}.js"></script></head>
<body><button id="go">Go</button>${sdk.startsWith("react") ? '<div id="root"></div>' : ""}</body></html>`;

/** What React is for a page, and how a tree is put on it; "react" has the newest one. */
export function reactOf(sdk: Sdk): Record<string, string> {
  const mount = { "react-mount": `./tests/e2e/pages/react-mount-${sdk === "react17" ? 17 : 19}.js` };
  if (sdk !== "react17" && sdk !== "react18") return mount;
  return { ...mount, react: `./tests/${sdk}/node_modules/react`, "react-dom": `./tests/${sdk}/node_modules/react-dom` };
}

function scriptOf(sdk: Sdk): string {
  if (sdk.startsWith("react")) return "react";
  return sdk === "no-wasm" ? "ours" : sdk;
}

// With ours, everything has to work under a strict policy.
const policy = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  "connect-src http://127.0.0.1:*",
  "frame-src http://127.0.0.1:*",
  "img-src data: http://127.0.0.1:*",
  "require-trusted-types-for 'script'",
].join("; ");

const policyWithNonce = policy
  .replace("script-src 'self'", `script-src 'self' 'nonce-${NONCE}'`)
  .replace("style-src 'self'", `style-src 'self' 'nonce-${NONCE}'`)
  .replace("connect-src", "connect-src https://apis.google.com")
  .concat("; trusted-types paragon-connect");

export class HostServer {
  private constructor(
    private readonly server: Server,
    readonly origin: string,
  ) {}

  static async start(pages = PAGES): Promise<HostServer> {
    const scripts = new Map<string, string>();
    for (const sdk of pages) {
      const { outputFiles } = await build({
        entryPoints: [`tests/e2e/pages/${scriptOf(sdk)}.ts`],
        alias: { ...reactOf(sdk), ...(sdk === "no-wasm" && { "paragon-connect": "./pkg/no-wasm.js" }) },
        bundle: true,
        format: "esm",
        platform: "browser",
        write: false,
        logLevel: "error",
        define: { "process.env.NODE_ENV": '"production"', global: "globalThis" },
      });
      scripts.set(`/${sdk}.js`, outputFiles[0]!.text);
    }
    const styles = await readFile("pkg/react/styles.css");
    const server = createServer((request, response) => {
      const { pathname: path, search } = new URL(request.url ?? "/", "http://host");
      const script = scripts.get(path);
      if (script !== undefined) {
        response.setHeader("content-type", "text/javascript").end(script);
      } else if (path === "/react.css") {
        response.setHeader("content-type", "text/css").end(styles);
      } else if (pages.some((one) => path === `/${one}`)) {
        if (path !== "/official") response.setHeader("content-security-policy", search === "?nonce" ? policyWithNonce : policy);
        if (search === "?no-wasm" || path === "/no-wasm") response.setHeader("content-security-policy", policy.replace(" 'wasm-unsafe-eval'", ""));
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

// Serves the built site, and beside it a user's session on a local platform, for the live page.

import { once } from "node:events";
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";
import { start } from "paragon-connect/testing";

const TYPES = { ".html": "text/html; charset=utf-8", ".js": "text/javascript", ".css": "text/css", ".json": "application/json", ".svg": "image/svg+xml", ".woff2": "font/woff2" };
const USER = "ada-of-the-docs";

/** `port`: 0 for any free one. `binary`: of the platform. Answers the address, the platform, and what ends both. */
export async function serveSite({ folder, binary, port }) {
  const platform = await start({ binary });
  const session = async () => ({ host: platform.address, projectId: platform.id, user: USER, token: await platform.token(USER) });
  const server = createServer(async ({ url }, response) => {
    const { pathname } = new URL(url, "http://site");
    try {
      if (pathname === "/live/session") {
        response.writeHead(200, { "content-type": "application/json", "cache-control": "no-store" }).end(JSON.stringify(await session()));
        return;
      }
      const path = pageAt(pathname);
      const body = await readFile(join(folder, path));
      response.writeHead(200, { "content-type": TYPES[extname(path)] ?? "application/octet-stream" }).end(body);
    } catch {
      const body = await readFile(join(folder, "404.html"));
      response.writeHead(404, { "content-type": TYPES[".html"] }).end(body);
    }
  });
  try {
    await once(server.listen(port, "127.0.0.1"), "listening");
  } catch (error) {
    await platform.stop();
    throw error;
  }
  const stop = async () => {
    server.closeAllConnections();
    server.close();
    await platform.stop();
  };
  return { address: `http://127.0.0.1:${server.address().port}/`, platform, stop };
}

/** The file of a page's address; never above the folder. */
function pageAt(pathname) {
  const path = normalize(decodeURIComponent(pathname));
  if (path.endsWith("/")) return `${path}index.html`;
  return extname(path) && !path.includes("..") ? path : `${path}.html`;
}

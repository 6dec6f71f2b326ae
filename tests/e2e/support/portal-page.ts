// A stand-in for the portal's page, on an origin of its own: it keeps what it is sent, and calls what a test wants.

import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, type Frame, type Page } from "@playwright/test";
import type { Host } from "./host.ts";

/** What the SDK tells the page: see `UI_UPDATE`. */
export type Told = {
  messageType: string;
  nextContext: Record<string, any>;
  nextModalState: Record<string, any>;
};

export type Answer = { messageType: string; id: string; type?: string; result?: any; error?: true; message?: string };

declare global {
  interface Window {
    received: { origin: string; data: any }[];
    invoke(type: unknown, ...parameters: unknown[]): Promise<Answer>;
    say(data: unknown): void;
  }
}

const page = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Portal</title><link rel="icon" href="data:,">
<script>
  const host = new URLSearchParams(location.search).get("host") ?? location.ancestorOrigins?.[0];
  const waiting = new Map();
  let last = 0;
  window.received = [];
  addEventListener("message", ({ origin, data }) => {
    received.push({ origin, data });
    waiting.get(data?.id)?.(data);
    waiting.delete(data?.id);
  });
  window.say = (data) => (opener ?? parent).postMessage(data, host);
  window.invoke = (type, ...parameters) =>
    new Promise((resolve) => {
      const id = "call-" + ++last;
      waiting.set(id, resolve);
      say({ messageType: "SDK_FUNCTION_INVOCATION", type, parameters, id });
    });
</script></head><body><button>Connect</button></body></html>`;

export class Portal {
  private constructor(
    private readonly server: Server,
    readonly origin: string,
  ) {}

  static async start(): Promise<Portal> {
    const server = createServer((_, response) => response.setHeader("content-type", "text/html").end(page));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return new Portal(server, `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  /** Signs in without headless mode, with this as the portal. */
  async signIn(host: Host): Promise<void> {
    await host.open();
    await host.page.evaluate(
      ([base, environments]) => window.paragon.configureGlobal({ host: base }, environments),
      [host.platform.base, { ...host.platform.environments, CONNECT_PUBLIC_URL: this.origin }] as const,
    );
    await host.authenticate();
  }

  /** The same, and the portal is open for Slack. Answers its frame. */
  async opened(host: Host): Promise<Frame> {
    await this.signIn(host);
    const frame = await this.frame(host.page);
    await host.page.evaluate(() => void window.paragon.connect("slack"));
    await expect.poll(async () => (await toldLast(frame)).nextModalState["integration"]?.type).toBe("slack");
    return frame;
  }

  /** The frame that shows the page, once it is there and was told something. */
  async frame(page: Page): Promise<Frame> {
    const found = () => page.frames().find((frame) => frame.url().startsWith(this.origin));
    await expect
      .poll(() => found()?.evaluate(() => window.received.length).catch(() => 0), "the portal's page hears the SDK")
      .toBeTruthy();
    return found()!;
  }
}

/** What the page was told, oldest first. */
export const told = (frame: Frame): Promise<Told[]> =>
  frame.evaluate(() => window.received.map(({ data }) => data).filter(({ messageType }) => messageType === "UI_UPDATE"));

/** What the page was told last. */
export const toldLast = async (frame: Frame): Promise<Told> => (await told(frame)).at(-1)!;

/** The page calls a method of the SDK. */
export const invoke = (frame: Frame, type: unknown, ...parameters: unknown[]): Promise<Answer> =>
  frame.evaluate(([type, parameters]) => window.invoke(type, ...(parameters as unknown[])), [type, parameters] as const);

/** The page appears to the user, as the real one does. */
export async function appear(frame: Frame): Promise<void> {
  await invoke(frame, "updateContainerStyle", { isModalShown: true });
  await invoke(frame, "onOpen");
}

/** The page takes its leave. */
export async function leave(frame: Frame): Promise<void> {
  await invoke(frame, "onClose", true);
  await invoke(frame, "updateContainerStyle", { isModalShown: false });
}

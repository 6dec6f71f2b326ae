// A browser of one's own for each SDK in each scenario: a frame whose network, clock, popups, storage and console are the
// scenario's. Everything else in it is the real thing.

import FakeTimers from "@sinonjs/fake-timers";
import { START } from "../projects.ts";
import type { Answer } from "../scenario.ts";
import type { Request as Asked } from "./model.ts";
import { FakePopup } from "./popup.ts";
import type { Recorder } from "./records.ts";
import { Vendors } from "./vendors.ts";

type Scope = Window & typeof globalThis & Record<string, any>;

/** Answers a request; a promise, because a scenario may keep it waiting. */
export type Network = (request: Asked) => Promise<Answer>;

export class Realm {
  readonly scope: Scope;
  readonly clock: ReturnType<ReturnType<typeof FakeTimers.withGlobal>["install"]>;
  popups: FakePopup[] = [];
  blocksPopups = false;
  readonly vendors: Vendors;
  readonly #frame: HTMLIFrameElement;
  #recorder!: Recorder;
  #network!: Network;
  readonly #listeners: { target: EventTarget; name: string; type: string; listener: any }[] = [];
  readonly #stored = new Map<string, string>();

  constructor() {
    this.#frame = document.createElement("iframe");
    document.body.append(this.#frame);
    const scope = this.#frame.contentWindow as Scope;
    this.scope = scope;
    // It takes over this page's address, so that it has an origin like any page.
    scope.document.open();
    scope.document.write("<!doctype html><html><head></head><body></body></html>");
    scope.document.close();
    this.clock = FakeTimers.withGlobal(scope).install({
      now: START,
      toFake: [
        "setTimeout",
        "clearTimeout",
        "setInterval",
        "clearInterval",
        "Date",
        "performance",
        "requestAnimationFrame",
        "cancelAnimationFrame",
        "requestIdleCallback",
        "cancelIdleCallback",
      ],
    });
    for (const type of ["error", "unhandledrejection"]) {
      scope.addEventListener(type, (event: any) => {
        event.preventDefault();
        this.#recorder.add("console", { level: "uncaught", args: [event.error ?? event.reason] });
      });
    }
    this.#watchNetwork();
    this.#watchPopups();
    this.#watchListeners();
    this.#watchFrames();
    this.vendors = new Vendors(scope);
    this.#watchConsole();
    this.#replaceStorage();
    scope.document.hasFocus = () => true;
  }

  /** A scenario begins: nothing is left of the one before. */
  begin(recorder: Recorder, network: Network): void {
    for (const frame of this.scope.document.querySelectorAll("iframe")) frame.remove();
    this.#recorder = this.vendors.recorder = recorder;
    this.#network = network;
    this.popups = [];
    this.blocksPopups = false;
    this.clock.reset();
    this.clock.setSystemTime(START);
    for (const { target, type, listener } of [...this.#listeners]) target.removeEventListener(type, listener);
    this.#stored.clear();
  }

  /** Runs an SDK's script. */
  load(source: string): void {
    const script = this.scope.document.createElement("script");
    script.textContent = source;
    this.scope.document.head.append(script);
  }

  close(): void {
    this.clock.uninstall();
    this.#frame.remove();
  }

  #watchNetwork(): void {
    const { scope } = this;
    // What a Request was made with cannot be read from it at once.
    const bodies = new WeakMap<object, unknown>();
    const RealRequest = scope.Request;
    scope.Request = class extends RealRequest {
      constructor(input: RequestInfo | URL, init?: RequestInit) {
        super(input, init);
        bodies.set(this, init?.body);
      }
    };
    scope.fetch = async (input: RequestInfo | URL, init: RequestInit = {}) => {
      const given = input instanceof RealRequest;
      // The browser's own, so that it refuses and changes what `fetch` would.
      const made = given ? input : new RealRequest(String(input), init);
      const { signal } = made;
      const asked = this.#asked(made, given ? bodies.get(made) : init.body);
      const aborted = new Promise<never>((_, reject) => {
        const abort = () => reject(signal.reason);
        if (signal.aborted) abort();
        signal.addEventListener("abort", abort);
      });
      const answer = await Promise.race([this.#network(asked), aborted]);
      if (answer === "unreachable") throw new scope.TypeError("Failed to fetch");
      return response(scope, answer);
    };
    const trap = (name: string) =>
      function () {
        throw new Error(`the SDK uses ${name}, which the scenarios do not watch`);
      };
    for (const name of ["XMLHttpRequest", "WebSocket", "EventSource"]) scope[name] = trap(name);
    scope.navigator.sendBeacon = trap("sendBeacon");
  }

  #asked({ url, method, headers }: Request, body: unknown): Asked {
    const sent = Object.fromEntries([...headers].map(([name, value]) => [name, value.replace(/boundary=.*/, "boundary=…")]));
    const parsed = typeof body === "string" ? json(body) : body;
    this.#recorder.add("requests", {
      method,
      ...this.#recorder.address(url),
      headers: sent,
      ...(body === undefined || body === null ? {} : { body: parsed }),
    });
    return { method, url: new URL(url), headers: sent, body: parsed };
  }

  #watchPopups(): void {
    this.scope.open = ((url?: string | URL, target?: string, features?: string) => {
      const number = this.popups.length;
      const opened = { popup: number, ...this.#recorder.address(String(url ?? "")), target, features };
      this.#recorder.add("popups", { does: this.blocksPopups ? "is blocked" : "opens", ...opened });
      if (this.blocksPopups) return null;
      const popup = new FakePopup(this.#recorder, number, String(url ?? "about:blank"), this.scope.document.implementation.createHTMLDocument());
      popup.opener = this.scope;
      this.popups.push(popup);
      return popup as unknown as Window;
    }) as Scope["open"];
  }

  /** A message for the page, as a window at this origin would send it. */
  message(data: unknown, origin: string, source: unknown): void {
    const event = new this.scope.MessageEvent("message", { data: copyInto(this.scope, data), origin });
    Object.defineProperty(event, "source", { value: source });
    this.scope.dispatchEvent(event);
  }

  #watchListeners(): void {
    const listeners = this.#listeners;
    for (const target of [this.scope, this.scope.document] as EventTarget[]) {
      const name = target === this.scope ? "window" : "document";
      const [add, remove] = [target.addEventListener, target.removeEventListener];
      const find = (type: string, listener: unknown) =>
        listeners.findIndex((one) => one.target === target && one.type === type && one.listener === listener);
      target.addEventListener = (type: string, listener: any, options?: any) => {
        if (find(type, listener) < 0) listeners.push({ target, name, type, listener });
        add.call(target, type, listener, options);
      };
      target.removeEventListener = (type: string, listener: any, options?: any) => {
        const at = find(type, listener);
        if (at >= 0) listeners.splice(at, 1);
        remove.call(target, type, listener, options);
      };
    }
  }

  // Frames are made, but what would be in them is not loaded; what is posted to them is written down.
  #watchFrames(): void {
    const { document } = this.scope;
    const create = document.createElement.bind(document) as (name: string, options?: ElementCreationOptions) => HTMLElement;
    document.createElement = ((name: string, options?: ElementCreationOptions) => {
      const element = create(name, options);
      if (name.toLowerCase() === "iframe") this.#watchFrame(element as HTMLIFrameElement);
      return element;
    }) as typeof document.createElement;
  }

  #watchFrame(frame: HTMLIFrameElement): void {
    let source = "";
    const go = (url: string) => {
      source = url;
      this.#recorder.add("frames", { does: "loads", ...this.#recorder.address(url) });
    };
    const setAttribute = frame.setAttribute.bind(frame);
    frame.setAttribute = (name, value) => (name === "src" ? go(value) : setAttribute(name, value));
    const remove = frame.remove.bind(frame);
    frame.remove = () => {
      this.#recorder.add("frames", { does: "goes" });
      remove();
    };
    const inside = {
      postMessage: (data: unknown, target: unknown) => this.#recorder.add("frames", { does: "gets", data, target }),
    };
    Object.defineProperties(frame, {
      src: { get: () => source, set: go },
      contentWindow: { get: () => (frame.isConnected ? inside : null) },
    });
  }

  #watchConsole(): void {
    for (const level of ["error", "warn", "log", "info", "debug"] as const) {
      this.scope.console[level] = (...args: unknown[]) => this.#recorder.add("console", { level, args });
    }
  }

  #replaceStorage(): void {
    const stored = this.#stored;
    const storage = {
      getItem: (key: string) => stored.get(key) ?? null,
      setItem: (key: string, value: string) => {
        stored.set(key, value);
        this.#recorder.add("storage", { does: "keeps", key });
      },
      removeItem: (key: string) => stored.delete(key),
      clear: () => stored.clear(),
    };
    for (const name of ["localStorage", "sessionStorage"]) Object.defineProperty(this.scope, name, { value: storage });
  }

  /** What is still there: timers, listeners, frames, open popups, stored entries. */
  leftovers(): Record<string, unknown> {
    return {
      timers: this.clock.countTimers(),
      listeners: this.#listeners.map(({ name, type }) => `${name} ${type}`).sort(),
      frames: this.scope.document.querySelectorAll("iframe").length,
      popups: this.popups.filter(({ closed }) => !closed).length,
      stored: [...this.#stored.keys()],
    };
  }
}

const json = (body: string): unknown => {
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
};

/** Values of the scenario become values of the frame's realm, as messages would. */
const copyInto = (scope: Scope, data: unknown): unknown => (data === undefined ? data : scope.JSON.parse(JSON.stringify(data)));

// A Response whose body is there at once: reading a real one takes turns of the real clock.
function response(scope: Scope, answer: Exclude<Answer, "unreachable">): Response {
  const body = answer.body === undefined ? "" : typeof answer.body === "string" ? answer.body : JSON.stringify(answer.body);
  const type = typeof answer.body === "string" ? "text/plain" : "application/json";
  const headers = { ...(answer.body === undefined ? {} : { "content-type": type }), ...answer.headers };
  const nothing = answer.body === undefined || [204, 205, 304].includes(answer.status);
  const made = new scope.Response(nothing ? null : body, { status: answer.status, headers });
  let used = false;
  // A body can be read once.
  const once =
    <T>(read: () => T) =>
    async () => {
      if (used) throw new scope.TypeError("body stream already read");
      used = true;
      return read();
    };
  const ready = {
    text: once(() => body),
    json: once(() => scope.JSON.parse(body) as unknown),
    blob: once(() => new scope.Blob([body], { type: headers["content-type"] })),
    arrayBuffer: once(() => new TextEncoder().encode(body).buffer),
    clone: () => response(scope, answer),
  };
  return Object.assign(made, ready);
}

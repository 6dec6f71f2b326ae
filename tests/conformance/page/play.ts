// Plays a scenario with one SDK, and writes down all that can be observed.

import type { Answer, PopupAction, Scenario, Step } from "../scenario.ts";
import { Model, type Request } from "./model.ts";
import { text } from "./plain.ts";
import { Realm } from "./realm.ts";
import { Recorder, type StepRecord } from "./records.ts";

const API = "https://zeus.useparagon.com";
/** So long after the provider's word, whichever way it comes, an SDK has heard it: milliseconds. */
const TELLING = 4000;
const CONNECT = "https://connect.useparagon.com";
const PASSPORT = "https://passport.useparagon.com";

/** Runs what the SDK has to do now: its chains of promises, which a turn of the real clock lets run to their ends. */
const turns = (() => {
  const { port1, port2 } = new MessageChannel();
  const waiting: (() => void)[] = [];
  port1.onmessage = () => waiting.shift()?.();
  return () =>
    new Promise<void>((resolve) => {
      waiting.push(resolve);
      port2.postMessage(0);
    });
})();

/** How the page gets an SDK: a realm of its own with a fresh script, or a further object in a realm that is there. */
export type Source = { script: string } | { realm: Realm };

export async function play(scenario: Scenario, source: Source): Promise<StepRecord[]> {
  const own = "script" in source;
  const realm = own ? new Realm() : source.realm;
  try {
    return await new Player(scenario, realm).run(() => {
      if (own) realm.load(source.script);
      else realm.scope.anotherSdk();
    });
  } finally {
    if (own) realm.close();
    else realm.scope.endSdk();
  }
}

class Player {
  readonly #scenario: Scenario;
  readonly #recorder = new Recorder();
  readonly #model: Model;
  readonly #realm: Realm;
  #scripted: { to: string; with: Answer; times: number }[] = [];
  #held = new Map<string, (() => void)[]>();
  #calls = 0;
  #pending = new Set<number>();
  #lastUser = "";
  #lastGiven: unknown;
  #finish: (() => void) | undefined;
  #callbacks: Record<string, unknown> = {};
  #controller: AbortController | undefined;
  #picker: unknown;

  constructor(scenario: Scenario, realm: Realm) {
    this.#scenario = scenario;
    this.#model = new Model(scenario.project);
    this.#realm = realm;
    realm.begin(this.#recorder, (request) => this.#answer(request));
  }

  async run(begin: () => void): Promise<StepRecord[]> {
    const recorder = this.#recorder;
    recorder.begin();
    begin();
    await this.#quiet();
    for (const step of this.#scenario.steps) {
      recorder.begin();
      await this.#take(step);
      await this.#quiet();
      this.#lookAtUser();
    }
    recorder.begin();
    recorder.add("leftovers", { ...this.#realm.leftovers(), pending: [...this.#pending] });
    const steps = [...recorder.steps];
    // What ending the SDK does is no part of the scenario.
    recorder.begin();
    return steps;
  }

  // Until nothing more comes, several times over: one chain of promises may set a timer of no time at all, and so on.
  async #quiet(): Promise<void> {
    for (let calm = 0; calm < 3; calm += 1) {
      const before = this.#recorder.count;
      await turns();
      this.#realm.clock.tick(0);
      await turns();
      if (this.#recorder.count !== before) calm = 0;
    }
  }

  async #take(step: Step): Promise<void> {
    switch (step.kind) {
      case "call":
        return this.#call(step.method, step.args);
      case "popup":
        return this.#popup(step.does, step.which);
      case "page":
        return this.#page(step.method, step.args);
      case "finish":
        return this.#finish?.();
      case "wait":
        return this.#wait(step.ms);
      case "answer":
        this.#scripted.push({ to: step.to, with: step.with, times: step.times ?? 1 });
        return;
      case "hold":
        this.#held.set(step.to, []);
        return;
      case "release":
        for (const go of this.#held.get(step.to) ?? []) go();
        this.#held.delete(step.to);
        return;
      case "picker":
        return this.#realm.vendors.act(step.does);
      case "blockScripts":
        this.#realm.vendors.blocked = step.on;
        return;
      case "blockPopups":
        this.#realm.blocksPopups = step.on;
        return;
      case "meddle":
        return meddle(this.#lastGiven);
      case "abort":
        return this.#controller?.abort();
    }
  }

  #call(method: string, given: unknown[]): void {
    const call = ++this.#calls;
    const settled = (how: string, value: unknown) => this.#recorder.add("settled", { call, method, [how]: value });
    const { sdk, whole } = this.#realm.scope;
    const path = method.split(".");
    const name = path.pop()!;
    const find = (from: any) => path.reduce((owner, key) => owner?.[key], from);
    // Some methods are not on the object that apps import, but on the class; and a file picker is an object of its own.
    const owner = [sdk, whole, { picker: this.#picker }].map(find).find((one) => one?.[name]);
    const args = given.map((value) => this.#value(value));
    let result: unknown;
    try {
      if (typeof owner?.[name] !== "function") throw new Error(`there is no ${method}`);
      if (name === "ExternalFilePicker") {
        this.#picker = new owner[name](...args);
        return settled("gives", "a picker");
      }
      result = owner[name](...args);
    } catch (thrown) {
      return settled("throws", thrown);
    }
    if (typeof (result as Promise<unknown> | undefined)?.then !== "function") return settled("gives", result);
    this.#pending.add(call);
    const end = (how: string) => (value: unknown) => {
      this.#pending.delete(call);
      settled(how, value);
    };
    (result as Promise<unknown>).then(end("resolves"), end("rejects"));
  }

  // Data of a scenario as a value for the SDK, of the realm that the SDK lives in.
  #value(data: unknown): unknown {
    const { scope } = this.#realm;
    if (Array.isArray(data)) return scope.Array.from(data, (entry) => this.#value(entry));
    if (typeof data !== "object" || data === null) return data;
    const marked = data as Record<string, any>;
    if ("$undefined" in marked) return undefined;
    if ("$fn" in marked) return this.#callback(marked);
    if ("$signal" in marked) return (this.#controller = new scope.AbortController()).signal;
    if ("$blob" in marked) return new scope.Blob([marked.$blob], { type: marked.type });
    if ("$bytes" in marked) return scope.Uint8Array.from(marked.$bytes);
    if ("$searchParams" in marked) return new scope.URLSearchParams(marked.$searchParams);
    if ("$headers" in marked) return new scope.Headers(marked.$headers);
    if ("$form" in marked) {
      const form = new scope.FormData();
      for (const [key, value] of Object.entries(marked.$form)) form.append(key, String(value));
      return form;
    }
    const result = new scope.Object() as Record<string, unknown>;
    for (const [key, value] of Object.entries(marked)) result[key] = this.#value(value);
    return result;
  }

  #callback({ $fn: label, throws, gives, never }: Record<string, any>): unknown {
    const known = this.#callbacks;
    return (known[label] ??= (...args: any[]) => {
      this.#recorder.add("told", { callback: label, args });
      if (typeof args[0]?.finish?.onClick === "function") this.#finish = args[0].finish.onClick;
      if (throws) throw new Error(`${label} throws`);
      if (never) return new this.#realm.scope.Promise(() => {});
      return gives === undefined ? undefined : this.#realm.scope.Promise.resolve(this.#value(gives));
    });
  }

  #answer(request: Request): Promise<Answer> {
    const line = `${request.method} ${request.url.pathname}`;
    const fits = (to: string) => {
      const [method, path] = to.split(" ") as [string, string];
      return request.method === method && line.endsWith(path);
    };
    const find = (): Answer => {
      const scripted = this.#scripted.find(({ to, times }) => times > 0 && fits(to));
      if (!scripted) return this.#model.answer(request);
      scripted.times -= 1;
      return scripted.with;
    };
    const held = [...this.#held].find(([to]) => fits(to))?.[1];
    return held ? new Promise((resolve) => held.push(() => resolve(find()))) : Promise.resolve().then(find);
  }

  #page(type: string, parameters: unknown[]): void {
    const source = this.#realm.scope.document.querySelector("iframe")?.contentWindow;
    const message = { messageType: "SDK_FUNCTION_INVOCATION", id: `page-${++this.#calls}`, type, parameters };
    this.#realm.message(message, CONNECT, source);
  }

  async #popup(does: PopupAction, which = this.#realm.popups.length - 1): Promise<void> {
    const popup = this.#realm.popups[which];
    const realm = this.#realm;
    if (does.type === "post") return realm.message(does.data, does.origin, does.stranger ? realm.scope.parent : popup);
    if (!popup || popup.closed) return;
    const { key } = popup;
    switch (does.type) {
      case "nonce":
        return realm.message({ type: "oauth-nonce-loaded" }, API, popup);
      case "allow": {
        const credential = this.#model.allowed(key ?? "", does.status);
        if (!credential) return;
        // An app that saves what it is told gets the stored account back.
        const told = { ...credential, payload: { connectCredentialId: credential.id } };
        const { integrationId } = credential;
        const message = { type: "oauth_success_callback", credential: told, integrationId, oauthMetaKeyId: key };
        popup.closed = true;
        if (does.tells) realm.message(message, PASSPORT, popup);
        return this.#wait(TELLING);
      }
      case "deny": {
        const integrationId = this.#model.asked(key ?? "")?.integrationId;
        const message = { type: "oauth_error_callback", error: does.error, errorResponse: {}, integrationId, oauthMetaKeyId: key };
        popup.closed = true;
        realm.message(message, PASSPORT, popup);
        return this.#wait(TELLING);
      }
      case "close":
        popup.closed = true;
    }
  }

  // From timer to timer, so that what each of them starts is done before the next.
  async #wait(ms: number): Promise<void> {
    const { clock } = this.#realm;
    const end = clock.now + ms;
    while (clock.now < end) {
      const before = clock.now;
      // The soonest timer, but not beyond the end.
      const marker = clock.setTimeout(() => {}, end - before);
      clock.next();
      clock.clearTimeout(marker);
      await turns();
    }
  }

  #lookAtUser(): void {
    let user: unknown;
    try {
      user = this.#realm.scope.sdk.getUser();
    } catch (thrown) {
      user = { throws: thrown };
    }
    this.#lastGiven = user;
    const now = text(user);
    if (now === this.#lastUser) return;
    this.#lastUser = now;
    this.#recorder.add("user", user as Record<string, unknown>);
  }
}

/** Changes all that it finds. */
function meddle(value: unknown): void {
  if (typeof value !== "object" || value === null) return;
  for (const key of Object.keys(value)) {
    const member = (value as Record<string, unknown>)[key];
    if (typeof member === "object" && member !== null) meddle(member);
    else (value as Record<string, unknown>)[key] = "meddled with";
  }
}


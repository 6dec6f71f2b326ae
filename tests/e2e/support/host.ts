// The host page as tests use it: sign in, click, look at what the SDK has reported.

import { expect, type Page } from "@playwright/test";
import type { AuthenticatedConnectUser, SDKIntegration, StartOptions } from "paragon-connect";
import type { Entry, Happened, Reported } from "../pages/recorder.ts";
import { allow, type Person } from "./consent.ts";
import type { HostServer, Sdk } from "./host-server.ts";
import type { Platform } from "./platform.ts";

type Values = Record<string, string>;

/** What the last flow must have reported for `until`; see `Entry`. */
type Wanted = { kind: Entry["kind"]; stage?: string };

export class Host {
  constructor(
    readonly page: Page,
    readonly platform: Platform,
    readonly userId: string,
    private readonly server: HostServer,
    private readonly sdk: Sdk,
  ) {}

  async open(): Promise<void> {
    await this.page.goto(this.address);
  }

  /** Of the host page. */
  get address(): string {
    const policy = this.isolated ? "?isolated" : this.nonce ? "?nonce" : this.noWasm ? "?no-wasm" : "";
    return `${this.origin ?? this.server.origin}/${this.sdk}${policy}`;
  }

  /** The host page severs itself from windows of other origins (COOP). */
  isolated = false;

  /** A violation of the page's policy that the test provokes. */
  expected: RegExp | undefined;

  /** The host page's policy wants a nonce of scripts, and a Trusted Types policy. */
  nonce = false;

  /** The host page's policy forbids WebAssembly. */
  noWasm = false;

  /** Another name for the host page's server. */
  origin: string | undefined;

  /**
   * The popup has the focus, as it has for a person. (Headless, every page believes that it has it.) The SDK takes a popup
   * that seems closed for closed only while the person looks at its own page.
   */
  async lookAway(): Promise<void> {
    await this.page.evaluate(() => {
      document.hasFocus = () => false;
    });
  }

  /** Opens the page and signs its user in. */
  async signIn(): Promise<void> {
    await this.open();
    await this.configure();
    await this.authenticate();
  }

  /** Tells the SDK where the platform is. */
  async configure(platform = this.platform): Promise<void> {
    const { base, environments } = platform;
    await this.page.evaluate(
      ([sdk, host, overrides]) => {
        window.paragon.configureGlobal({ host }, sdk === "official" ? overrides : undefined);
        window.paragon.setHeadless(true);
      },
      [this.sdk, base, environments] as const,
    );
  }

  async authenticate(token?: string, metadata?: Record<string, unknown>): Promise<void> {
    const session = await this.platform.session(this.userId);
    await this.page.evaluate(
      ([projectId, token, metadata]) => window.paragon.authenticate(projectId, token, metadata ? { metadata } : undefined),
      [session.projectId, token ?? session.token, metadata] as const,
    );
  }

  /** The user's state; fails if nobody is signed in. */
  async user(): Promise<AuthenticatedConnectUser> {
    const user = await this.page.evaluate(() => window.paragon.getUser());
    if (!user.authenticated) throw new Error("nobody is signed in");
    return user;
  }

  async integration(type: string): Promise<SDKIntegration> {
    const state = (await this.user()).integrations[type];
    if (!state) throw new Error(`the user has no ${type}`);
    return state;
  }

  /** A real click, in whose turn this action runs. Answers when the action has ended. */
  async click(action: string, ...args: unknown[]): Promise<{ value?: unknown; error?: Reported }> {
    await this.arm(action, args);
    await this.page.locator("#go").click();
    await expect.poll(() => this.page.evaluate(() => window.recorder.result), `${action} ends`).toBeTruthy();
    return (await this.page.evaluate(() => window.recorder.result))!;
  }

  /** A real click that opens a popup; answers the popup. */
  async clickForPopup(action: string, ...args: unknown[]): Promise<Page> {
    await this.arm(action, args);
    const popup = this.page.waitForEvent("popup");
    await this.page.locator("#go").click();
    return popup;
  }

  private arm(action: string, args: unknown[]): Promise<void> {
    return this.page.evaluate(
      ([action, args]) => {
        const { recorder } = window;
        recorder.result = undefined;
        document.querySelector<HTMLButtonElement>("#go")!.onclick = async () => {
          try {
            recorder.result = { value: await recorder.actions[action]!(...(args as never[])) };
          } catch (thrown) {
            recorder.result = { error: recorder.report(thrown) };
          }
        };
      },
      [action, args] as const,
    );
  }

  start(type: string, options: StartOptions = {}): Promise<unknown> {
    return this.click("start", type, options);
  }

  startForPopup(type: string, options: StartOptions = {}): Promise<Page> {
    return this.clickForPopup("start", type, options);
  }

  /** Connects an integration that needs nothing but OAuth. Answers the new credential's id. */
  async connect(type: string, options: StartOptions = {}, person: Person = "ada"): Promise<string> {
    await allow(await this.startForPopup(type, options), person);
    const entry = await this.until({ kind: "complete" });
    return entry.event.credentialId!;
  }

  async setPreOptions(values: Values): Promise<void> {
    await this.click("setPreOptions", values);
  }

  async setPostOptions(values: Values): Promise<void> {
    await this.click("setPostOptions", values);
  }

  log(): Promise<Entry[]> {
    return this.page.evaluate(() => window.recorder.log);
  }

  events(): Promise<Happened[]> {
    return this.page.evaluate(() => window.recorder.events);
  }

  /** Names of callbacks and events in the order in which they came. */
  order(): Promise<string[]> {
    return this.page.evaluate(() => window.recorder.order);
  }

  /** Waits until the newest report is this one, and answers it. */
  async until(wanted: { kind: "stage"; stage: string }): Promise<Extract<Entry, { kind: "stage" }>>;
  async until(wanted: { kind: "complete" }): Promise<Extract<Entry, { kind: "complete" }>>;
  async until(wanted: { kind: "error" }): Promise<Extract<Entry, { kind: "error" }>>;
  async until({ kind, stage }: Wanted): Promise<Entry> {
    const summary = (entry: Entry | undefined) =>
      entry?.kind === "stage" ? `stage ${entry.stage.stage}` : entry?.kind === "error" ? `error ${entry.error.name}` : entry?.kind;
    const wanted = kind === "error" ? /^error / : kind === "stage" ? new RegExp(`^stage ${stage}$`) : /^complete$/;
    await expect.poll(async () => summary((await this.log()).at(-1)) ?? "nothing", "newest report of the flow").toMatch(wanted);
    return (await this.log()).at(-1)!;
  }

  /** `paragon.request`, as data. */
  request(type: string, path: string, init: Record<string, unknown> = {}): Promise<{ value?: unknown; error?: Reported }> {
    return this.page.evaluate(
      ([type, path, init]) =>
        window.paragon.request(type, path, init).then(
          (value) => ({ value }),
          (thrown: unknown) => ({ error: window.recorder.report(thrown) }),
        ),
      [type, path, init] as const,
    );
  }
}

// The fixtures of the pickers' tests: the vendors' hosts on this machine, and a host page whose policy lets scripts in by
// nonce and Trusted Types policy only.

import { readFile } from "node:fs/promises";
import type { FilePickerInitOptions, FilePickerOptions, IFilePicker } from "paragon-connect";
import type { Host } from "../host.ts";
import type { Sdk } from "../host-server.ts";
import { test as base } from "../test.ts";
import { HOSTS, Vendors } from "./server.ts";

declare global {
  interface Window {
    picker: IFilePicker;
    files: unknown[];
  }
}

const CALLBACKS = ["onOpen", "onFileSelect", "onCancel", "onClose"] as const;

type Options = Omit<FilePickerOptions, (typeof CALLBACKS)[number]>;
type Initialised = { value?: unknown; error?: { name: string; code?: string; message: string } };

/** The pickers of a signed-in user with a connected account. */
export class Pickers {
  constructor(readonly host: Host) {}

  /** Makes one that writes down what it tells, and calls `init`. */
  async make(type: string, options: Options = {}, config: FilePickerInitOptions = {}): Promise<Initialised> {
    await this.host.page.evaluate(
      ([type, options, callbacks]) => {
        const { recorder, paragon } = window;
        window.files = [];
        const told = Object.fromEntries(
          callbacks.map((name) => [
            name,
            (...args: unknown[]) => {
              recorder.order.push(name);
              window.files.push(...args);
            },
          ]),
        );
        window.picker = new paragon.ExternalFilePicker(type, { ...options, ...told });
        recorder.actions["open"] = () => window.picker.open();
      },
      [type, options, CALLBACKS] as const,
    );
    return this.init(config);
  }

  init(config: FilePickerInitOptions): Promise<Initialised> {
    return this.host.page.evaluate(
      (config) =>
        window.picker.init(config).then(
          (value) => ({ value }),
          (thrown: unknown) => ({ error: window.recorder.report(thrown) }),
        ),
      config,
    );
  }

  /** A click on the host page that opens it; what `open()` answered. */
  async open(): Promise<unknown> {
    const { value, error } = await this.host.click("open");
    if (error) throw new Error(error.message);
    return value;
  }

  /** What the app was told since it was asked last. */
  told(): Promise<string[]> {
    return this.host.page.evaluate(() => window.recorder.order.splice(0));
  }

  /** What `onFileSelect` was called with, ever. */
  files(): Promise<unknown[]> {
    return this.host.page.evaluate(() => window.files);
  }
}

type WorkerFixtures = { vendors: Vendors };

export const test = base.extend<{ pickers: Pickers; freshVendors: void }, WorkerFixtures>({
  vendors: [
    async ({}, use) => {
      const vendors = await Vendors.start();
      await use(vendors);
      await vendors.stop();
    },
    { scope: "worker" },
  ],
  launchOptions: [
    async ({ launchOptions, vendors }, use) => {
      const args = [`--host-resolver-rules=${vendors.rules}`, "--ignore-certificate-errors"];
      await use({ ...launchOptions, args: [...(launchOptions.args ?? []), ...args] });
    },
    { scope: "worker" },
  ],
  mapped: Object.values(HOSTS),
  projectFile: [
    async ({}, use) => {
      const text = await readFile("local/src/config/default.toml", "utf8");
      await use(
        text
          .replace(`DOMAIN = "{{sandbox}}/onedrive"`, `DOMAIN = "https://${HOSTS.onedrive}"`)
          .replace(`webUrl = "webUrl"`, `webUrl = "'https://${HOSTS.sharepoint}/sites/team'"`),
      );
    },
    { scope: "worker" },
  ],
  freshVendors: [
    async ({ vendors }, use) => {
      vendors.asked.length = 0;
      await use();
      vendors.down.clear();
    },
    { auto: true },
  ],
  pickers: async ({ host }, use) => {
    host.nonce = true;
    await host.signIn();
    await use(new Pickers(host));
  },
});

/** Both packages, where both can: it shows that the stand-ins follow the vendors' protocols and not us. */
export const SDKS: { sdk: Sdk; foreign: string[] }[] = [
  { sdk: "ours", foreign: [] },
  { sdk: "official", foreign: ["connect.useparagon.com"] },
];

export { expect } from "@playwright/test";

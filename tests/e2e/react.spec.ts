// paragon-connect/react in an app's page: every input, saving, languages, servers; with React 19, 18 and 17, in StrictMode.

import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import type { Page } from "@playwright/test";
import { build } from "esbuild";
import { bundles, Saver } from "paragon-connect/react";
import { allow } from "./support/consent.ts";
import type { Host } from "./support/host.ts";
import { reactOf, type Sdk } from "./support/host-server.ts";
import type { Platform } from "./support/platform.ts";
import { expect, test } from "./support/test.ts";

const TYPE = "custom.everyinput";

test.use({
  projectFile: [
    async ({}, use) =>
      use((await readFile("local/src/config/default.toml", "utf8")) + (await readFile("tests/e2e/support/every-input.toml", "utf8"))),
    { scope: "worker" },
  ],
});

async function connected(host: Host, page: Page, options: { locale?: string; isPseudo?: boolean } = {}): Promise<void> {
  await host.signIn();
  await host.connect(TYPE);
  await page.evaluate(([type, options]) => (window.hide = window.show(type, options)), [TYPE, options] as const);
  await expect(page.getByTestId("settings")).toBeVisible();
}

/** Messages of the workflow, as the platform holds them. */
async function savedMessages(platform: Platform, host: Host): Promise<unknown[]> {
  const accounts = await platform.credentials(host.userId, TYPE);
  return accounts.flatMap(({ configurations }) => configurations.flatMap((one) => Object.values(one.workflowSettings).map(({ settings }) => settings["message"])));
}

/** A panel in StrictMode, rendered by Node with this page's React. */
async function renderedOnServer(sdk: Sdk): Promise<string> {
  const { outputFiles } = await build({
    stdin: {
      contents: `
        import { createElement, StrictMode } from "react";
        import { renderToString } from "react-dom/server";
        import { IntegrationPanel, ParagonProvider } from "paragon-connect/react";
        const page = createElement(ParagonProvider, {}, createElement(IntegrationPanel, { type: "slack" }));
        export const html = renderToString(createElement(StrictMode, null, page));`,
      resolveDir: ".",
    },
    alias: reactOf(sdk),
    bundle: true,
    platform: "node",
    format: "cjs",
    write: false,
    logLevel: "error",
  });
  const module = { exports: {} as { html: string } };
  new Function("module", "exports", "require", outputFiles[0]!.text)(module, module.exports, createRequire(import.meta.url));
  return module.exports.html;
}

async function choose(page: Page, within: string | null, name: RegExp | string, option: string): Promise<void> {
  const place = within ? page.getByRole("group", { name: within }) : page.getByTestId("settings");
  await place.getByRole("button", { name }).first().click();
  await page.getByRole("option", { name: option, exact: true }).click();
}

const VERSIONS = { react: "19", react18: "18", react17: "17" } as const;

for (const [sdk, version] of Object.entries(VERSIONS) as [keyof typeof VERSIONS, string][]) {
  test.describe(`React ${version}`, () => {
    test.use({ sdk });

    test("is the one that the page has", async ({ host, page }) => {
      await host.open();
      expect(await page.evaluate(() => window.reactVersion)).toMatch(new RegExp(`^${version}\\.`));
    });

    test("renders on a server, and a page takes that over as it is", async ({ host, page }) => {
      const html = await renderedOnServer(sdk);
      expect(html).toContain("You are not signed in");
      const complaints: string[] = [];
      page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
      page.on("pageerror", (error) => complaints.push(String(error)));
      await host.open();
      await page.evaluate((html) => {
        // The page's policy takes no markup from strings as they are.
        const { trustedTypes } = window as unknown as { trustedTypes: { createPolicy(name: string, rules: object): { createHTML(text: string): string } } };
        const trusted = trustedTypes.createPolicy("server", { createHTML: (text: string) => text }).createHTML(html);
        document.querySelector("#root")!.append(...new DOMParser().parseFromString(trusted, "text/html").body.childNodes);
        document.querySelector("#root")!.firstElementChild!.setAttribute("data-of-server", "");
        window.hide = window.show("slack", { isFromServer: true });
      }, html);
      await expect(page.locator("#root [data-of-server]")).toHaveText("You are not signed in");
      await host.configure();
      await host.authenticate();
      await expect(page.getByRole("heading", { name: "Slack" })).toBeVisible();
      expect(complaints).toEqual([]);
    });

    test("every input takes its value, and a page that is opened later shows it", async ({ host, page }) => {
      test.slow();
      await connected(host, page);
      const form = page.getByTestId("settings");
      await form.getByLabel("Text", { exact: true }).fill("words");
      await form.getByLabel("Number").fill("4.5");
      await form.getByLabel("E-mail").fill("ada@example.com");
      await form.getByRole("textbox", { name: "Address optional" }).fill("https://example.com");
      await form.getByLabel("Secret").fill("hush");
      await form.getByLabel("Notes").fill("one\ntwo");
      await form.getByRole("switch", { name: "Toggle" }).press("Space");
      await choose(page, null, /^(Choose….*)?Tone/, "Warm");
      await choose(page, "Object and its field", /Object/, "Lead");
      await choose(page, "Object and its field", /Field/, "Company");
      await choose(page, "Field mapping", /Object/, "Contact");
      await choose(page, "Field mapping", /Title/, "Last Name");
      await choose(page, "Field mapping", /Owner/, "Email");
      const scopes = form.getByRole("group", { name: /Permissions/ });
      await expect(scopes.getByRole("checkbox", { name: /Read/ })).toBeChecked();
      await scopes.getByText("Write", { exact: true }).click();
      await form.locator("input[type=file]").setInputFiles({ name: "key.pem", mimeType: "text/plain", buffer: Buffer.from("-----KEY-----") });
      await page.getByTestId("save-settings").click();
      await expect(form.getByTestId("save-status")).toHaveAttribute("data-state", "saved");

      const saved = (await host.integration(TYPE)).sharedSettings;
      expect(saved).toMatchObject({
        text: "words",
        number: "4.5",
        email: "ada@example.com",
        url: "https://example.com",
        password: "hush",
        area: "one\ntwo",
        toggle: true,
        tone: "warm",
        combo: { mainInput: "Lead", dependentInput: "Company" },
        mapping: { objectMapping: "Contact", fieldMappings: { Title: "LastName", Owner: "Email" } },
        scopes: "read write",
        file: "-----KEY-----",
      });

      await page.evaluate((type) => {
        window.hide!();
        window.hide = window.show(type);
      }, TYPE);
      const combo = page.getByRole("group", { name: "Object and its field" });
      await expect(combo).toContainText("Company");
      // The second choice belongs to the first.
      await choose(page, "Object and its field", /Object/, "Account");
      await expect(combo).not.toContainText("Company");
    });

    test("a workflow's settings are saved as they change, the last one also when the panel goes", async ({ host, page }) => {
      await connected(host, page);
      await page.getByRole("switch", { name: "Notify" }).press("Space");
      await page.getByLabel("Message").fill("almost");
      await page.getByLabel("Message").fill("the last word");
      await page.evaluate(() => window.hide!());
      await expect
        .poll(async () => Object.values((await host.integration(TYPE)).workflowSettings ?? {}))
        .toMatchObject([{ enabled: true, settings: { message: "the last word" } }]);
    });

    test("a page that is left right after a key loses nothing", async ({ host, page, platform }) => {
      await connected(host, page);
      await page.getByRole("switch", { name: "Notify" }).press("Space");
      await page.getByLabel("Message").focus();
      // Requests that are watched end with their page.
      await page.context().unrouteAll();
      await page.evaluate(() => {
        document.execCommand("insertText", false, "and gone");
        location.assign("about:blank");
      });
      await page.waitForURL("about:blank");
      await expect.poll(() => savedMessages(platform, host)).toEqual(["and gone"]);
    });
  });
}

test.describe("languages", () => {
  test.use({ sdk: "react" });

  test("no text is left out of the bundles", async ({ host, page }) => {
    await connected(host, page, { isPseudo: true });
    // Words that the project's author wrote, values and marks; everything else is of the bundle, and so in brackets.
    const fromProject = await readFile("tests/e2e/support/every-input.toml", "utf8");
    const texts = await page.evaluate(() => {
      const walker = document.createTreeWalker(document.querySelector("#root")!, NodeFilter.SHOW_TEXT);
      const found: string[] = [];
      while (walker.nextNode()) found.push(walker.currentNode.textContent!.trim());
      document.querySelectorAll("#root [aria-label]").forEach((element) => found.push(element.getAttribute("aria-label")!));
      return found.filter((text) => /\p{L}{2}/u.test(text));
    });
    const foreign = texts.filter((text) => !/\[.*~~\]/.test(text) && !fromProject.includes(text) && !/lighthouse|Ada Lovelace/.test(text));
    expect(foreign).toEqual([]);
    expect(texts.filter((text) => /\[.*~~\]/.test(text)).length).toBeGreaterThan(20);
  });

  test("follows the language of the page", async ({ host, page }) => {
    await connected(host, page);
    await page.evaluate(() => (document.documentElement.lang = "de-AT"));
    await expect(page.getByRole("button", { name: "Weiteres Konto hinzufügen" })).toBeVisible();
    await page.evaluate(() => (document.documentElement.lang = "ja"));
    await expect(page.getByRole("tab", { name: "概要" })).toBeVisible();
  });
});

test.describe("the element", () => {
  test.use({ sdk: "element" });

  test("connects, tells the page, and goes without a trace", async ({ host, page }) => {
    await host.signIn();
    await page.evaluate(() => {
      document.addEventListener("paragon-install", (event) => document.body.setAttribute("data-installed", (event as CustomEvent).detail.integrationType));
      const element = document.createElement("paragon-connect");
      element.setAttribute("integration", "slack");
      element.setAttribute("accent", "#4a154b");
      document.body.append(element);
    });
    const popup = page.waitForEvent("popup");
    await page.getByTestId("connect-button").click();
    await allow(await popup);
    await expect(page.locator("body")).toHaveAttribute("data-installed", "slack");
    await page.getByRole("dialog").getByRole("button", { name: "Done" }).click();
    await expect(page.locator("paragon-connect [data-testid^=account-]")).toHaveAttribute("data-status", "VALID");
    await page.evaluate(() => document.querySelector("paragon-connect")!.setAttribute("lang", "fr"));
    await expect(page.getByRole("button", { name: "Ajouter un autre compte" })).toBeVisible();
    // Neither is a language tag.
    for (const [lang, text] of [["de_DE", "Weiteres Konto hinzufügen"], ["c", "Add another account"]] as const) {
      await page.evaluate((lang) => document.querySelector("paragon-connect")!.setAttribute("lang", lang), lang);
      await expect(page.getByRole("button", { name: text })).toBeVisible();
    }
    await page.evaluate(() => document.querySelector("paragon-connect")!.remove());
    await expect(page.getByTestId("integration-panel")).toHaveCount(0);
  });
});

test("bundles have the same texts, with the same places to fill", () => {
  const places = (text: string) => (text.match(/\{\w+\}/g) ?? []).sort().join();
  for (const [language, texts] of Object.entries(bundles)) {
    for (const [key, text] of Object.entries(bundles["en"]!)) {
      expect(places((texts as Record<string, string>)[key] ?? "missing"), `${language}.${key}`).toBe(places(text));
    }
  }
});

test("the saver loses nothing: one save at a time, failed changes stay, newer ones win", async () => {
  const sent: object[] = [];
  const answers: ((good: boolean) => void)[] = [];
  const states: string[] = [];
  const saver = new Saver<Record<string, string>>({
    delay: null,
    save: (changes) => (sent.push(changes), new Promise<void>((resolve, reject) => answers.push((good) => (good ? resolve() : reject(new Error("refused")))))),
    onChange: (state) => states.push(state),
  });
  saver.change({ a: "1" });
  const first = saver.flush();
  saver.change({ a: "2", b: "1" });
  void saver.flush();
  expect(sent).toEqual([{ a: "1" }]);
  answers[0]!(true);
  await expect.poll(() => sent.length).toBe(2);
  saver.change({ b: "2" });
  answers[1]!(false);
  await first;
  expect(states.at(-1)).toBe("failed");
  expect(saver.isDirty).toBe(true);
  const second = saver.flush();
  await expect.poll(() => sent.length).toBe(3);
  answers[2]!(true);
  await second;
  expect(sent).toEqual([{ a: "1" }, { a: "2", b: "1" }, { a: "2", b: "2" }]);
  expect(saver.isDirty).toBe(false);

  // A page that goes waits for nothing. What is under way may arrive later than what is sent now: neither leaves anything out.
  saver.change({ a: "3" });
  const third = saver.flush();
  saver.change({ b: "3" });
  saver.leave();
  expect(sent.slice(3)).toEqual([{ a: "3" }, { a: "3", b: "3" }]);
  saver.leave();
  expect(sent.length).toBe(5);
  // The one that was overtaken says nothing any more, not even that it was refused.
  answers[3]!(false);
  expect(saver.isDirty).toBe(true);
  answers[4]!(true);
  await third;
  expect(states.at(-1)).toBe("saved");
  expect(saver.isDirty).toBe(false);
});

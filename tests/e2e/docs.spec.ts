// The docs say what is so: every method has its page, signatures and options are those of the type declarations, error
// codes and links exist, and snippets do what their comments say.

import { existsSync, readdirSync, readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connected } from "./support/connected.ts";
import { oneLine, optionsIn, signaturesOf, split } from "./support/declarations.ts";
import type { Host } from "./support/host.ts";
import { Platform } from "./support/platform.ts";
import { run, snippetsOf } from "./support/snippets.ts";
import { expect, test } from "./support/test.ts";
import { test as withVendors } from "./support/vendors/test.ts";

const docs = new URL("../../docs/", import.meta.url);
const read = (path: string) => readFileSync(new URL(path, docs), "utf8");
const methods = readdirSync(new URL("api/", docs))
  .filter((file) => file !== "README.md")
  .map((file) => file.replace(/\.md$/, ""));

/** Methods that only the portal's page calls, beside those whose names begin with an underscore. */
const FOR_THE_PORTAL = [
  "onClose",
  "onOpen",
  "sendConnectRequest",
  "setModalState",
  "triggerSDKEvent",
  "updateAuthenticatedUser",
  "updateContainerStyle",
];

// Each page is on its own; on a busy machine an install takes its time.
test.describe.configure({ mode: "parallel", timeout: 120_000 });

test("every method of the SDK has a page, and every page a method", async ({ host }) => {
  await host.open();
  const found = await host.page.evaluate((forPortal) => {
    const callable = (value: object, prefix = ""): string[] =>
      Object.entries(value)
        .filter(([name]) => !name.startsWith("_") && !forPortal.includes(name))
        .flatMap(([name, member]) => (typeof member === "function" ? prefix + name : callable(member, `${prefix}${name}.`)));
    // The default export is the class.
    const isFunction = ([name, value]: [string, unknown]) =>
      typeof value === "function" && /^[a-z]/.test(name) && name !== "default";
    const alone = Object.entries(window.sdk).filter(isFunction);
    return [...alone.map(([name]) => name), ...callable(window.createParagon())];
  }, FOR_THE_PORTAL);
  expect(found.sort()).toEqual([...methods].sort());
  const index = read("api/README.md");
  expect(methods.filter((method) => !index.includes(`(${method}.md)`))).toEqual([]);
});

test("pages show signatures and options as the types declare them", () => {
  for (const method of methods) {
    const page = read(`api/${method}.md`);
    expect.soft(page.split("\n")[0], method).toBe(`# ${method}`);
    const shown = /^```ts\n([\s\S]*?)^```/m.exec(page)![1]!;
    const signatures = split(shown);
    expect.soft(signatures, method).toEqual(signaturesOf(method).map(oneLine));
    expect.soft(optionsIn(signatures).filter((name) => !page.includes(`\`${name}\``)), `${method}: options that are missing`).toEqual([]);
  }
});

for (const method of methods) {
  if (method === "ExternalFilePicker") continue;
  test(`${method}: the snippets do what they say`, ({ host, platform }) => runAll(`api/${method}.md`, host, platform));
}

for (const page of ["api/ExternalFilePicker.md", "pickers.md"]) {
  withVendors(`${page}: the snippets do what they say`, ({ host, platform }) => {
    // The policy of this page lets the vendors' scripts in.
    host.nonce = true;
    return runAll(page, host, platform);
  });
}

test("the guide's snippets do what it says", ({ host, platform }) => runAll("guide.md", host, platform));

for (const page of ["migration.md", "recipes/vite.md"]) {
  test(`${page}: the snippets do what they say`, ({ host, platform }) => runAll(page, host, platform));
}

test("blocks that name a file are what the tests run", () => {
  for (const page of readdirSync(new URL("recipes/", docs))) {
    for (const [, path, block] of read(`recipes/${page}`).matchAll(/<!-- file: (\S+) -->\n```\w+\n([^]*?)^```/gm)) {
      expect.soft(read(`../${path}`), `${page}: ${path}`).toContain(block!);
    }
  }
});

test("the guide's server code signs tokens that the platform takes", async ({ host }) => {
  const folder = await mkdtemp(join(tmpdir(), "paragon-docs-"));
  const platform = await Platform.start(undefined, folder);
  try {
    const [, code] = /^```js server\n([^]*?)^```/m.exec(read("guide.md"))!;
    const { userToken } = await import(`data:text/javascript,${encodeURIComponent(code!)}`);
    const token: string = userToken(host.userId, readFileSync(join(folder, "signing-key.local-only.pem"), "utf8"));
    await host.open();
    await host.configure(platform);
    await host.page.evaluate(([id, token]) => window.paragon.authenticate(id, token), [platform.projectId, token] as const);
    expect((await host.user()).userId).toBe(host.userId);
  } finally {
    await platform.stop();
    await rm(folder, { recursive: true });
  }
});

test("codes of errors and links exist", () => {
  const codes = [...read("errors.md").matchAll(/^\| `([A-Z_]+)` \|/gm)].map(([, code]) => code!);
  const pagesIn = (folder: string) => readdirSync(new URL(folder, docs)).filter((file) => file.endsWith(".md")).map((file) => folder + file);
  const pages = ["./", "./api/", "./decisions/", "./recipes/", "../", "../local/", "../local/sandbox/"].flatMap(pagesIn);
  const wrong: string[] = [];
  for (const page of pages) {
    const text = read(page);
    const cells = text.matchAll(/^\| (`[A-Z_]+`(?:, `[A-Z_]+`)*) \|.*\|.*\|$/gm);
    const named = [...cells].flatMap(([, cell]) => cell!.replaceAll("`", "").split(", "));
    for (const code of named) if (!codes.includes(code)) wrong.push(`${page}: code ${code}`);
    for (const [, link] of text.matchAll(/\]\(([^)\s]+)\)/g)) {
      if (/^https?:/.test(link!)) continue;
      const [path, anchor] = link!.split("#");
      const target = path ? new URL(path, new URL(page, docs)) : new URL(page, docs);
      if (!existsSync(target)) wrong.push(`${page}: link ${link}`);
      else if (anchor && !anchors(readFileSync(target, "utf8")).includes(anchor)) wrong.push(`${page}: link ${link}`);
    }
  }
  expect(wrong).toEqual([]);
});

/** Runs the page's snippets one after the other, for a user who is signed in. */
async function runAll(page: string, host: Host, platform: Platform): Promise<void> {
  // This platform stands in the place of one at its usual address.
  const snippets = snippetsOf(read(page).replaceAll("http://127.0.0.1:9400", platform.base));
  expect(snippets.length).toBeGreaterThan(0);
  const { projectId, token } = await platform.session(host.userId);
  await host.signIn();
  for (const snippet of snippets) {
    // One before may have shown the portal.
    await host.page.evaluate(() => window.paragon.setHeadless(true));
    for (const type of snippet.connected) await connected(host, type);
    const given = { projectId, userToken: token, authorizationCode: "" };
    if (snippet.code.includes("authorizationCode")) given.authorizationCode = await installAtTheMarketplace(host, platform);
    await run(host.page, snippet, given);
  }
}

/** What the sandbox's marketplace of Slack gives the app's page when a user installs the app there. */
async function installAtTheMarketplace(host: Host, platform: Platform): Promise<string> {
  const page = await host.page.context().newPage();
  await page.route("https://app.example.com/**", (route) => route.fulfill({ body: "Installed" }));
  await page.goto(`${platform.sandbox}/slack/marketplace`);
  await page.locator('a[href*="app.example.com"]').click();
  await page.locator("button[name=decision][value=allow]").click();
  await page.waitForURL("https://app.example.com/**");
  const code = new URL(page.url()).searchParams.get("code");
  await page.close();
  return code!;
}

/** Anchors of a page's headings. */
function anchors(markdown: string): string[] {
  return [...markdown.matchAll(/^#+ (.*)$/gm)].map(([, heading]) =>
    heading!.toLowerCase().replace(/[^\w\s-]/g, "").replace(/\s/g, "-"),
  );
}

// The conformance tests: the same scenarios with the official package and with ours, in one page. See README.md here.

import { createServer } from "node:http";
import { chromium } from "@playwright/test";
import { build } from "esbuild";

const bundle = async (entry) => {
  const { outputFiles } = await build({
    ...entry,
    bundle: true,
    format: "iife",
    platform: "browser",
    target: "es2022",
    write: false,
    // Asked for only where there is a process.
    external: ["util", "timers", "timers/promises"],
    logLevel: "error",
    define: { "process.env.NODE_ENV": '"production"', global: "globalThis" },
  });
  return outputFiles[0].text;
};

const here = import.meta.dirname;
// `sdk` is what apps import; `anotherSdk` puts a further object in its place.
const sdk = (name, another) => {
  const contents = `import * as all from "${name}"; globalThis.sdk = all.paragon; globalThis.whole = all.connectSingleton ?? sdk; globalThis.exported = all; ${another}`;
  return bundle({ stdin: { contents, resolveDir: here } });
};
const scripts = {
  official: await sdk("@useparagon/connect", "globalThis.anotherSdk = () => { sdk = whole = new all.default(); };"),
  ours: await sdk("paragon-connect", "globalThis.anotherSdk = () => { sdk.dispose?.(); sdk = whole = all.createParagon(); };"),
};
const harness = await bundle({ entryPoints: [`${here}/page/main.ts`] });

const server = createServer((request, response) => {
  response.setHeader("content-type", "text/html").end("<!doctype html><title>Conformance</title><body></body>");
});
await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"],
});
const page = await browser.newPage();
page.on("pageerror", (error) => console.log("page error", error));
page.on("console", (m) => console.log("console", m.text()));
await page.goto(`http://127.0.0.1:${server.address().port}/`);
await page.evaluate((scripts) => { window.scripts = scripts; }, scripts);
await page.evaluate(harness);
const names = await page.evaluate(() => window.conformance.names());
for (const [index, name] of names.entries()) {
  const start = Date.now();
  const result = await page.evaluate((index) => window.conformance.written(index), index);
  console.log(name, Date.now() - start, "ms", result.failure ?? "ok");
}
await browser.close();
server.close();

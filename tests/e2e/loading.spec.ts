// How the module comes to life: nothing at import, at once at the first call, later where the browser insists, and an
// error with a name where the page forbids it.

import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, test } from "./support/test.ts";

const node = async (...args: string[]) => (await promisify(execFile)(process.execPath, args)).stdout.trim();

test("importing compiles nothing; the first call compiles, once", async ({ host }) => {
  await host.page.addInitScript(() => {
    const { Module } = WebAssembly;
    window.compiled = 0;
    WebAssembly.Module = new Proxy(Module, {
      construct(target, args) {
        window.compiled += 1;
        return Reflect.construct(target, args);
      },
    });
  });
  await host.open();
  const seen = await host.page.evaluate(() => {
    const before = [window.compiled, window.paragon.getUser()];
    window.paragon.getVersion();
    window.paragon.setHeadless(true);
    return { before, after: window.compiled };
  });
  expect(seen).toEqual({ before: [0, { authenticated: false }], after: 1 });
});

test("a browser that compiles only in the background is waited for", async ({ host, platform }) => {
  await host.page.addInitScript(() => {
    const { Module } = WebAssembly;
    WebAssembly.Module = new Proxy(Module, {
      construct() {
        throw new RangeError("WebAssembly.Module is disallowed on the main thread");
      },
    });
  });
  await host.open();
  const { projectId, token } = await platform.session(host.userId);
  const seen = await host.page.evaluate(
    async ([base, projectId, token]) => {
      const { paragon } = window;
      const code = (error: unknown) => (error as { code: string }).code;
      let thrown = "nothing";
      try {
        paragon.configureGlobal({ host: base });
      } catch (error) {
        thrown = code(error);
      }
      const user = paragon.getUser();
      const early = await paragon.authenticate("", token).catch(code);
      paragon.configureGlobal({ host: base });
      await paragon.authenticate(projectId, token);
      return { thrown, user, early, later: paragon.getUser().authenticated };
    },
    [platform.base, projectId, token] as const,
  );
  expect(seen).toEqual({ thrown: "NOT_READY", user: { authenticated: false }, early: "PROJECT_ID_MISSING", later: true });
});

test("a page whose policy forbids WebAssembly gets an error that names the policy", async ({ host }) => {
  await host.page.route(/\/ours$/, async (route) => {
    const response = await route.fetch();
    const headers = { ...response.headers(), "content-security-policy": "script-src 'self'" };
    await route.fulfill({ response, headers });
  });
  await host.open();
  const errors = await host.page.evaluate(async () => {
    const fields = ({ name, code, message }: { name: string; code: string; message: string }) => ({ name, code, message });
    let thrown;
    try {
      window.paragon.getVersion();
    } catch (error) {
      thrown = fields(error as never);
    }
    return [thrown, await window.paragon.authenticate("p", "t").catch(fields)];
  });
  const expected = { name: "WebAssemblyError", code: "WASM_REFUSED", message: expect.stringContaining("'wasm-unsafe-eval'") };
  expect(errors).toEqual([expected, expected]);
});

test("it can be imported and required on a server, where importing touches no global", async () => {
  const touched = "const keys = () => Reflect.ownKeys(globalThis).length; const before = keys();";
  const count = "console.log(String(keys() - before))";
  expect(await node("-e", `${touched} import("paragon-connect").then(() => ${count})`)).toBe("0");
  expect(await node("--input-type=commonjs", "-e", `${touched} require("paragon-connect"); ${count}`)).toBe("0");
  const ask = "console.log(JSON.stringify([paragon.getUser(), paragon.getIntegrationMetadata(), paragon.getVersion()]))";
  const answers = JSON.stringify([{ authenticated: false }, [], "0.1.0"]);
  expect(await node("--input-type=module", "-e", `import { paragon } from "paragon-connect"; ${ask}`)).toBe(answers);
  expect(await node("--input-type=commonjs", "-e", `const { paragon } = require("paragon-connect"); ${ask}`)).toBe(answers);
});

declare global {
  interface Window {
    compiled: number;
  }
}

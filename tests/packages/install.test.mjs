// The package as apps install it: what is in it, what it exports at run time, and that a server can load it.

import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { describe, test, before, after } from "node:test";
import { install, node } from "./installed.mjs";

const require = createRequire(import.meta.url);

// The official package complains when it is loaded outside of a browser.
function loadOfficial() {
  const { error, log, warn } = console;
  Object.assign(console, { error() {}, log() {}, warn() {} });
  try {
    return { main: require("@useparagon/connect"), sub: require("@useparagon/connect/ConnectSDK") };
  } finally {
    Object.assign(console, { error, log, warn });
  }
}

describe("installed under the official name", () => {
  let app;
  before(async () => {
    app = await install();
  });
  after(() => app?.remove());

  test("there is nothing in it but what is published", () => {
    const strange = app.files.filter((file) => !/^(pkg\/|package\.json$|README\.md$|LICENSE$)/.test(file));
    assert.deepEqual(strange, []);
  });

  test("ECMAScript modules and CommonJS find the same", async () => {
    const esm = JSON.parse(await node(app.folder, "server.mjs"));
    const cjs = JSON.parse(await node(app.folder, "server.cjs"));
    assert.deepEqual(esm, cjs);
    assert.deepEqual(esm, {
      touched: 0,
      user: { authenticated: false },
      metadata: [],
      sameUnderTheSubpath: true,
      named: true,
      isClass: true,
      fresh: { authenticated: false },
      singleton: true,
      assets: ["https://dashboard.useparagon.com/images/x.png", "https://dashboard.paragon.example/images/x.png"],
      overridden: "https://icons.example/images/x.png",
      extended: [{ authenticated: false, seen: true }, "replaced"],
      disposed: "DISPOSED",
      anew: [true, false],
    });
  });

  test("every name of the official package is there, every constant and enum with the same members", async () => {
    const { main, sub } = loadOfficial();
    const plain = (value) => (value && typeof value === "object" ? value : typeof value === "function" ? "a function" : value);
    const expected = Object.fromEntries(
      Object.entries(main).map(([name, value]) => [name, /^(paragon|connectSingleton)$/.test(name) ? "an SDK" : plain(value)]),
    );
    assert.ok(Object.keys(expected).length > 30, "the official package has its exports");
    const found = JSON.parse(await node(app.folder, "exports.mjs", ...Object.keys(expected)));
    assert.deepEqual(found.main, JSON.parse(JSON.stringify(expected)));
    for (const name of Object.keys(sub)) assert.ok(found.sub.includes(name), `./ConnectSDK exports ${name}`);
  });

  test("the entry without WebAssembly has the same names, and needs none", async () => {
    assert.deepEqual(JSON.parse(await node(app.folder, "no-wasm.mjs")), {
      sameNames: [true, true],
      usual: "WASM_REFUSED",
      versions: ["0.1.0", "0.1.0"],
      refused: "TOKEN_UNREADABLE",
    });
  });

  test("errors of the SDK are instances of the classes of their names", async () => {
    assert.deepEqual(JSON.parse(await node(app.folder, "errors.mjs")), {
      thrown: ["UserNotAuthenticatedError", true, true, true, false],
      made: ["IntegrationNotInstalledError", { integrationName: "slack" }, "slack", true, true],
      caught: { name: "OAuthTimeoutError", meta: null },
      foreign: { name: "UnknownError", message: "boom" },
    });
  });
});

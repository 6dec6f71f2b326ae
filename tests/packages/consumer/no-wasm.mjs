// The entry without WebAssembly, on a computer without WebAssembly: what it has beside the usual one, and that core answers.

delete globalThis.WebAssembly;

import { createRequire } from "node:module";

const usual = await import("@useparagon/connect");
const imported = await import("@useparagon/connect/no-wasm");
const required = createRequire(import.meta.url)("@useparagon/connect/no-wasm");

const code = (run) => {
  try {
    return run();
  } catch (error) {
    return error.code;
  }
};
const names = (all) => Object.keys(all).filter((name) => name !== "default" && name !== "module.exports").sort().join();
console.log(
  JSON.stringify({
    sameNames: [names(imported), names(required)].map((all) => all === names(usual)),
    usual: code(() => usual.createParagon().getVersion()),
    versions: [imported, required].map(({ createParagon }) => createParagon().getVersion()),
    refused: await imported.createParagon().authenticate("project", "no token").catch((error) => error.code),
  }),
);

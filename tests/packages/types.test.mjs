// The types as apps see them: every official name, of the same shape, under every way to find a module.

import assert from "node:assert/strict";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { after, before, describe, test } from "node:test";
import ts from "typescript5";
import { install, node, root } from "./installed.mjs";

const official = join(root, "node_modules/@useparagon/connect/dist/src/index.d.ts");

/** What the official entry exports: `{name, isType, isValue, arguments}`; the last is `<any, …>` where a type needs it. */
function officialNames() {
  const options = { module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler, types: [] };
  const program = ts.createProgram([official], options);
  const checker = program.getTypeChecker();
  const entry = checker.getSymbolAtLocation(program.getSourceFile(official));
  return checker.getExportsOfModule(entry).map((symbol) => {
    const { flags, declarations } = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol;
    const needed = (declarations[0].typeParameters ?? []).filter((parameter) => !parameter.default).map(() => "any");
    return {
      name: symbol.name,
      isType: !!(flags & ts.SymbolFlags.Type),
      isValue: !!(flags & ts.SymbolFlags.Value),
      arguments: needed.length ? `<${needed.join(", ")}>` : "",
    };
  });
}

/** Official names whose type ours cannot stand for, each with its reason. */
const OTHERWISE = {
  connectSingleton: "a class with private members can only be stood for by itself",
  default: "the same",
  IConnectSDK: "its installFlow is such a class; tests/types/official compares all else of it",
  paragon: "the same",
  InstallFlowError: "ours has more names: what the official one does not report",
  StartOptions: "its onError is given ours",
};

describe("the types of the installed package", () => {
  const names = officialNames();
  const everyName = names
    .flatMap(({ name, isType, isValue, arguments: given }, index) => [
      ...(isType ? [`export type T${index} = connect.${name}${given};`] : []),
      ...(isValue ? [`export const v${index}: unknown = connect.${name};`] : []),
    ])
    .join("\n");
  const module = [
    'import ConnectSDK from "@useparagon/connect";',
    'export * from "./app.js";',
    "export const user = new ConnectSDK().getUser();",
  ].join("\n");
  let app;
  before(async () => {
    app = await install();
    await writeFile(join(app.folder, "names.ts"), `import * as connect from "@useparagon/connect";\n${everyName}\n`);
    await writeFile(join(app.folder, "module.mts"), module);
  });
  after(() => app?.remove());

  const common = ["--noEmit", "--strict", "--target", "es2022", "--lib", "es2022,dom", "--esModuleInterop"];
  async function compile(compiler, module, resolution, ...files) {
    const tsc = join(root, `node_modules/${compiler}/bin/tsc`);
    const options = [...common, "--module", module, "--moduleResolution", resolution];
    await node(app.folder, tsc, ...options, ...files).catch(({ stdout, message }) => assert.fail(stdout || message));
  }

  for (const [compiler, module, resolution, more] of [
    // Compilers of today have dropped the oldest resolution.
    ["typescript5", "commonjs", "node10", []],
    ["typescript5", "nodenext", "nodenext", ["module.mts"]],
    ["typescript", "node16", "node16", ["module.mts"]],
    ["typescript", "nodenext", "nodenext", ["module.mts"]],
    ["typescript", "esnext", "bundler", ["module.mts"]],
  ]) {
    test(`${compiler}, ${resolution}: an app and every official name compile`, async () => {
      await compile(compiler, module, resolution, "app.ts", "names.ts", ...more);
    });
  }

  test("a name that is missing is noticed", async () => {
    const missing = 'import * as connect from "@useparagon/connect";\nexport type T = connect.Nothing;\n';
    await writeFile(join(app.folder, "missing.ts"), missing);
    await assert.rejects(compile("typescript", "nodenext", "nodenext", "missing.ts"), /Nothing/);
  });

  test("each of ours can stand for the official one of its name", async () => {
    assert.ok(names.length > 150, "the official package has its exports");
    const lines = names.flatMap(({ name, isType, isValue, arguments: given }) => [
      ...(isType ? [[name, `give<ours.${name}${given}>() satisfies official.${name}${given};`]] : []),
      ...(isValue ? [[name, `give<typeof ours.${name}>() satisfies typeof official.${name};`]] : []),
    ]);
    const folder = join(root, "target/packages");
    await mkdir(folder, { recursive: true });
    const file = join(folder, `shapes-${process.pid}.ts`);
    const head = [
      'import * as official from "@useparagon/connect";',
      'import * as ours from "paragon-connect";',
      "declare function give<T>(): T;\n",
    ].join("\n");
    await writeFile(file, head + lines.map(([, line]) => line).join("\n"));
    try {
      const program = ts.createProgram([file], {
        module: ts.ModuleKind.ESNext,
        moduleResolution: ts.ModuleResolutionKind.Bundler,
        target: ts.ScriptTarget.ES2022,
        strict: true,
        // The official declarations refer to files that are not in their package.
        skipLibCheck: true,
        types: [],
      });
      const source = program.getSourceFile(file);
      const before = head.split("\n").length - 1;
      const found = program.getSemanticDiagnostics(source).map(({ start, messageText }) => {
        const [name] = lines[source.getLineAndCharacterOfPosition(start).line - before];
        return [name, ts.flattenDiagnosticMessageText(messageText, "\n")];
      });
      const unexpected = found.filter(([name]) => !(name in OTHERWISE));
      assert.deepEqual(unexpected, []);
      const explained = Object.keys(OTHERWISE).filter((name) => !found.some(([other]) => other === name));
      assert.deepEqual(explained, [], "these are no exceptions any more");
    } finally {
      await rm(file);
    }
  });
});

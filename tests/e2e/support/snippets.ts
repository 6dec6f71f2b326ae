// The snippets of the docs: every ```js block of a page runs in the host page as it stands, and what its comments say
// is checked.
//
//   paragon.getVersion(); // → "0.1.0"             the statement's value; `…` stands for anything
//   await paragon.request("slack", 1); // ✗ CODE   the statement fails with this code
//   console.log(a, b); // → 1, "two"               wherever this runs, also in a callback
//
// The comment may stand on lines of its own below the statement. Buttons that a snippet gives an `onclick` exist, and
// are clicked in the order in which the snippet names them; all but the first are hidden until it shows them. `projectId`,
// `userToken` and what else comes from elsewhere is given. A comment of the page before the block says what there is
// before it, and what the user does in popups:
//
//   <!-- test: connected slack, jira; popups deny, allow -->

import type { Page } from "@playwright/test";
import { allow, deny } from "./consent.ts";
import { difference, parse } from "./expectation.ts";
import { expect } from "./test.ts";

export type Snippet = {
  code: string;
  /** Of its first line, in the page. */
  line: number;
  /** Integrations that are connected before. */
  connected: string[];
  popups: Decision[];
};

/** What the user does in a popup. */
export type Decision = "allow" | "deny" | "close";

type Check = { line: number; text: string; expected: unknown[] };

export function snippetsOf(markdown: string): Snippet[] {
  return [...markdown.matchAll(/(?:<!-- test: (.*?) -->\s*)?^```js\n([\s\S]*?)^```/gm)].map((found) => {
    const [, note = "", code] = found;
    const listed = (name: string) => new RegExp(`${name} ([\\w, ]+)`).exec(note)?.[1]!.split(/, */) ?? [];
    const before = markdown.slice(0, found.index + found[0].indexOf("```js"));
    return {
      code: code!,
      line: before.split("\n").length + 1,
      connected: listed("connected"),
      popups: listed("popups") as Decision[],
    };
  });
}

/** Runs one, with the user doing what it takes, and fails if anything is not as it says. */
export async function run(page: Page, snippet: Snippet, given: Record<string, string>): Promise<void> {
  const { code, checks } = instrument(snippet);
  const buttons = [...new Set([...snippet.code.matchAll(/\b(\w+)\.onclick\s*=/g)].map(([, name]) => name!))];
  const decided: Promise<void>[] = [];
  const decisions = [...snippet.popups];
  const onPopup = (popup: Page) => {
    const decision = decisions.shift() ?? "allow";
    const act = { allow: () => allow(popup), deny: () => deny(popup), close: () => popup.close() }[decision];
    decided.push(act());
  };
  page.on("popup", onPopup);
  try {
    const running = page.evaluate(`(async (given) => {
      window.said = [];
      const { projectId, userToken, authorizationCode } = given;
      const { ${buttons.join(", ")} } = Object.fromEntries(given.buttons.map((name, index) => {
        document.getElementById(name)?.remove();
        const button = Object.assign(document.createElement("button"), { id: name, textContent: name, hidden: index > 0 });
        document.body.append(button);
        return [name, button];
      }));
      const plain = (value) => typeof value === "function" ? "function"
        : Array.isArray(value) ? value.map(plain)
        : typeof value === "object" && value !== null
          ? Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined).map(([key, member]) => [key, plain(member)]))
        : value;
      const say = (check, ...values) => window.said.push([check, values.map(plain)]);
      const render = () => {};
      const { paragon } = window.sdk;
      { ${code} }
    })(${JSON.stringify({ ...given, buttons })})`);
    const clicks = async () => {
      for (const name of buttons) await page.locator(`#${name}`).click();
    };
    await Promise.all([running, clicks()]);
    const said = async () => (await page.evaluate("window.said")) as [number, unknown[]][];
    const heard = async () => [...new Set((await said()).map(([check]) => check))].sort((a, b) => a - b);
    await expect.poll(heard, { message: "every line with a value was reached", timeout: 30_000 }).toEqual(checks.map((_, index) => index));
    await Promise.all(decided);
    for (const [check, values] of await said()) {
      const { line, text, expected } = checks[check]!;
      const problem = difference(values, expected);
      if (problem) throw new Error(`line ${line}: // → ${text}\n${problem}`);
    }
  } finally {
    page.off("popup", onPopup);
  }
}

/** The snippet, with its comments turned into reports to the test. */
function instrument(snippet: Snippet): { code: string; checks: Check[] } {
  const checks: Check[] = [];
  const lines = snippet.code.split("\n").map((line) => line.replace(/^import (\{.*\}) from "paragon-connect";$/, "const $1 = window.sdk;"));
  const done: string[] = [];
  for (let index = 0; index < lines.length; index++) {
    const [, code, sign, rest] = /^(.*?)\s*\/\/ (→|✗) (.*)$/.exec(lines[index]!) ?? [];
    if (code === undefined) {
      done.push(lines[index]!);
      continue;
    }
    const line = snippet.line + index;
    if (code.trim()) done.push(code);
    let text = rest!;
    if (sign === "✗") text = `"${text}"`;
    while (parse(text) === undefined) {
      const more = /^\s*\/\/(.*)$/.exec(lines[++index] ?? "");
      if (!more) throw new Error(`line ${line}: ${text} is no value`);
      text += `\n${more[1]}`;
    }
    const check = checks.push({ line, text: rest!, expected: parse(text)! }) - 1;
    if (done.at(-1)!.includes("console.log(")) {
      done.push(done.pop()!.replace("console.log(", `say(${check}, `));
    } else {
      const start = statementStart(done);
      if (start === undefined) throw new Error(`line ${line}: there is no whole statement before the comment`);
      done.push(reported(done.splice(start).join("\n"), check, sign!));
    }
  }
  return { code: done.join("\n"), checks };
}

/** Index of the line where the statement begins that ends with the last one. */
function statementStart(lines: string[]): number | undefined {
  for (let start = lines.length - 1; start >= 0; start--) {
    try {
      new Function(`async () => {${lines.slice(start).join("\n")}\n}`);
      return start;
    } catch {
      // Not whole yet.
    }
  }
  return undefined;
}

function reported(statement: string, check: number, sign: string): string {
  if (sign === "✗") return `try { ${statement}\nsay(${check}, "no error"); } catch (error) { say(${check}, error.code); }`;
  const [, declared] = /^\s*(?:const|let)\s+(\{.*?\}|\w+)\s*=/.exec(statement) ?? [];
  return declared ? `${statement}\nsay(${check}, ${declared});` : `say(${check}, ${statement.trim().replace(/;$/, "")});`;
}

// The README's snippets, run one after the other as they stand.

import { readFileSync } from "node:fs";
import { allow } from "./support/consent.ts";
import { expect, test } from "./support/test.ts";

const README = readFileSync(new URL("../../README.md", import.meta.url), "utf8");
const snippets = [...README.matchAll(/```js\n([\s\S]*?)```/g)].map(([, code]) => code!);

test("the README's snippets do what it says", async ({ host, platform }) => {
  const lines: string[] = [];
  host.page.on("console", (message) => lines.push(message.text()));
  const { projectId, token } = await platform.session(host.userId);
  await host.open();

  // What a snippet imports, and what it leaves to the reader, comes as an argument.
  const run = async (snippet: string) => {
    lines.length = 0;
    const code = snippet.replace(/^import .*$/gm, "").replace("http://127.0.0.1:9400", platform.base);
    const given = JSON.stringify({ projectId, userToken: token });
    await host.page.evaluate(`(async ({ projectId, userToken }) => {
      const { paragon } = window;
      const render = (stage) => console.log("stage", stage.stage);
      const button = document.querySelector("#go");
      let ParagonError;
      try { paragon.subscribe("no such event"); } catch (error) { ParagonError = error.constructor; }
      ${code}
    })(${given})`);
  };
  const [authenticate, list, connect, request, listen, errors] = snippets;
  expect(snippets).toHaveLength(6);

  await run(authenticate!);
  expect((await host.user()).userId).toBe(host.userId);

  await run(list!);
  expect(lines).toHaveLength(6);
  expect(lines).toContain(`Slack ${platform.base}/integrations/slack.svg not connected`);

  await run(connect!);
  const popup = host.page.waitForEvent("popup");
  await host.page.locator("#go").click();
  await allow(await popup);
  await expect.poll(() => lines.at(-1)).toMatch(/^connected [0-9a-f-]{36}$/);
  expect(lines[0]).toBe("stage oauth");

  await run(request!);
  const { value } = await host.request("slack", "/conversations.list?limit=1");
  const [channel] = (value as { channels: { id: string }[] }).channels;
  const { value: history } = await host.request("slack", `/conversations.history?channel=${channel!.id}`);
  expect(JSON.stringify(history)).toContain("Hello from the app");

  await run(listen!);
  expect(lines).toEqual(["gone: slack"]);

  await run(errors!);
  expect(lines.at(-1)).toMatch(/^PROXY_ERROR 400 false /);
});

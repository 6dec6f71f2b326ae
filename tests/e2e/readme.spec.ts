// The README's snippets, run one after the other as they stand.

import { readFileSync } from "node:fs";
import { run, snippetsOf } from "./support/snippets.ts";
import { expect, test } from "./support/test.ts";

const README = readFileSync(new URL("../../README.md", import.meta.url), "utf8");

test("the README's snippets do what it says", async ({ host, platform }) => {
  const lines: string[] = [];
  host.page.on("console", (message) => lines.push(message.text()));
  const { projectId, token } = await platform.session(host.userId);
  await host.open();
  const snippets = snippetsOf(README.replaceAll("http://127.0.0.1:9400", platform.base)).map((snippet) => () => {
    lines.length = 0;
    return run(host.page, snippet, { projectId, userToken: token });
  });
  const [authenticate, list, connect, request, listen, errors] = snippets;
  expect(snippets).toHaveLength(6);

  await authenticate!();
  expect((await host.user()).userId).toBe(host.userId);

  await list!();
  expect(lines).toHaveLength(9);
  expect(lines).toContain(`Slack ${platform.base}/integrations/slack.svg not connected`);

  await connect!();
  expect((await host.integration("slack")).enabled).toBe(true);

  await request!();
  const { value } = await host.request("slack", "/conversations.list?limit=1");
  const [channel] = (value as { channels: { id: string }[] }).channels;
  const { value: history } = await host.request("slack", `/conversations.history?channel=${channel!.id}`);
  expect(JSON.stringify(history)).toContain("Hello from the app");

  await listen!();
  expect(lines).toEqual(["gone: slack"]);

  await errors!();
  expect(lines.at(-1)).toMatch(/^PROXY_ERROR 400 false /);
});

// The app of docs/react.md, from its three files as they stand there: built, opened, used.

import { randomUUID } from "node:crypto";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { allow } from "./support/consent.ts";
import { expect, test } from "./support/test.ts";

test("a settings page from nothing", async ({ page, platform }) => {
  test.slow();
  const { projectId, token, userId } = await platform.session(`reader-${randomUUID()}`);
  const guide = await readFile("docs/react.md", "utf8");
  const files = [...guide.matchAll(/^`([\w.]+)`:\n\n```\w+\n([^]*?)^```$/gm)].map(([, name, text]) => ({ name: name!, text: text! }));
  expect(files.map(({ name }) => name)).toEqual(["index.html", "main.css", "main.jsx"]);

  // Within this folder, so that it finds the package and React as an app finds them that has installed them.
  const folder = join("target", `reader-${process.pid}`);
  await mkdir(folder, { recursive: true });
  try {
    for (const { name, text } of files) {
      const filled = text.replace("<the project's id>", projectId).replace("<a token of your user>", token).replace("http://127.0.0.1:9400", platform.base);
      await writeFile(join(folder, name), filled);
    }
    const { build, preview } = await import("vite");
    await build({ root: folder, configFile: false, logLevel: "error" });
    const server = await preview({ root: folder, configFile: false, logLevel: "error", preview: { host: "127.0.0.1", port: 0 } });
    try {
      const complaints: string[] = [];
      page.on("console", (message) => message.type() === "error" && complaints.push(message.text()));
      page.on("pageerror", (error) => complaints.push(String(error)));
      await page.goto(`http://127.0.0.1:${(server.httpServer.address() as AddressInfo).port}/`);
      const panels = page.getByTestId("integration-panel");
      await expect(panels).toHaveCount(9);

      const slack = panels.filter({ has: page.getByRole("heading", { name: "Slack", exact: true }) });
      const popup = page.waitForEvent("popup");
      await slack.getByTestId("connect-button").click();
      await allow(await popup);
      await page.getByRole("dialog").getByRole("button", { name: "Done" }).click();
      await slack.getByRole("switch", { name: "Post new tasks" }).press("Space");
      await expect(slack.getByRole("button", { name: /Which tasks/ })).toBeVisible();
      expect(await platform.credentials(userId, "slack")).toMatchObject([{ status: "VALID" }]);
      expect(complaints.filter((text) => !text.includes("favicon"))).toEqual([]);
    } finally {
      await server.close();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});

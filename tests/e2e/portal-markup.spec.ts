// Texts of the project file, of the app and of providers in the portal: each is shown as the text that it is.

import { Portal } from "./support/portal.ts";
import { expect, test } from "./support/test.ts";

const evil = `<img src=x onerror="parent.owned=document.title='owned'"><script>parent.owned=document.title='owned'</script>`;
const text = (words: string): string => JSON.stringify(`${words} ${evil}`);

test.use({
  projectFile: [
    `[[integrations]]
type = "custom"
slug = "evil"
name = ${text("Name")}
description = ${text("Description")}
overview = ${JSON.stringify(`# Heading ${evil}\n\nText ${evil} [link ${evil}](javascript:alert(1)) ![picture](x"onerror="parent.owned=1)\n\n- ${evil}`)}
baseUrl = "{{sandbox}}/slack/api"
authorization = { kind = "bearer", token = "{{inputs.key}}" }
preOptions = [{ id = "key", title = ${text("Key")}, tooltip = ${text("Tip")}, documentationLink = "javascript:parent.owned=1", type = "PASSWORD" }]
postOptions = [{ id = "color", title = ${text("Color")}, type = "ENUM", sourceType = "colors" }]
settings = [
  { id = "team", title = ${text("Team")}, type = "TEXT_NO_VARS", placeholder = ${text("Placeholder")} },
  { id = "page", title = ${text("Page")}, type = "CUSTOM_DROPDOWN", key = "pages" },
]

[integrations.dataSources.colors]
kind = "static"
title = "Colors"
values = [{ value = "red", label = ${text("Red")}, subtitle = ${text("Subtitle")} }]

[[integrations.workflows]]
key = "w"
description = ${text("Workflow")}
infoText = ${text("Info")}
trigger = { kind = "request" }
`,
    { scope: "worker" },
  ],
});

test("nothing of it runs as markup", async ({ host, page }) => {
  const portal = new Portal(host);
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (/content security policy|trusted ?type/i.test(message.text())) complaints.push(message.text());
  });
  const harmless = async (): Promise<void> => {
    const frame = page.frames().find((one) => one.url().includes("/ui"))!;
    expect(await frame.title()).not.toBe("owned");
    expect(await frame.locator("img[src=x], body script, [onerror], a[href^=javascript]").count()).toBe(0);
    expect(await page.evaluate(() => "owned" in window)).toBe(false);
  };
  await portal.open("custom.evil");
  await expect(portal.dialog.getByRole("heading", { name: /Name/ }).first()).toContainText("onerror");
  await expect(portal.dialog.getByText(/Description/)).toContainText("onerror");
  await expect(portal.dialog.getByRole("tabpanel", { name: "Overview" })).toContainText("onerror");
  await harmless();

  await portal.connectButton.click();
  await portal.expectStage("preOptions");
  await portal.dialog.getByLabel(/Key/).fill("k");
  await harmless();
  await portal.button("Continue").click();
  await portal.expectStage("postOptions");
  await portal.dialog.getByRole("button", { name: /Color/ }).click();
  await expect(portal.frame.getByRole("option").first()).toContainText("onerror");
  await harmless();
  await portal.frame.getByRole("option").first().click();
  await portal.button("Finish").click();
  await portal.done();
  await harmless();
  await portal.close();

  await page.evaluate((label) => {
    const paragon = window.paragon as unknown as { connect: (type: string, options: object) => Promise<unknown> };
    const loadOptions = async () => ({ options: [{ label, value: "page" }], nextPageCursor: null });
    void paragon.connect("custom.evil", { dropdowns: { pages: { loadOptions } } });
  }, `Choice ${evil}`);
  await expect(portal.dialog).toBeVisible();
  await portal.dialog.getByRole("tab", { name: "Configuration" }).click();
  await portal.dialog.getByRole("button", { name: /Page/ }).click();
  await expect(portal.frame.getByRole("option").first()).toContainText("onerror");
  await harmless();
  await portal.frame.getByRole("option").first().click();
  await portal.dialog.getByLabel(/Team/).fill(evil);
  await portal.dialog.getByTestId("save-settings").click();
  await expect(portal.dialog.getByTestId("save-status").first()).toHaveAttribute("data-state", "saved");
  await portal.dialog.getByRole("switch", { name: /Workflow/ }).press("Space");
  await expect.poll(async () => Object.values((await host.integration("custom.evil")).workflowSettings ?? {})).toMatchObject([{ enabled: true }]);
  await harmless();
  expect(complaints).toEqual([]);
});

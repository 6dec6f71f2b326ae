// Connects any of the built-in integrations, if it is not connected yet, as a user would: consents, fills in what is
// asked, takes the first choice.

import type { KeyedSource } from "paragon-connect";
import { allow } from "./consent.ts";
import type { Host } from "./host.ts";
import { expect } from "./test.ts";

const ENTERED: Record<string, string> = {
  shop: "night-market",
  apiKey: "SG.local-only.paragon-sandbox-mailer-key",
};

export async function connected(host: Host, type: string): Promise<void> {
  const { page } = host;
  if ((await host.integration(type)).enabled) return;
  page.on("popup", allow);
  await page.evaluate(
    ([type, entered]) => {
      const { paragon, recorder } = window;
      recorder.result = undefined;
      type Inputs = { id: string; sourceType?: string }[];
      const answer = async (inputs: Inputs) => {
        const values: Record<string, string> = {};
        for (const { id, sourceType } of inputs) {
          const parameters: KeyedSource[] = Object.entries(values).map(([key, value]) => ({ key, source: { type: "VALUE", value } }));
          const choices = sourceType && (await paragon.getFieldOptions({ integration: type, action: sourceType, parameters }));
          values[id] = choices ? (choices.data[0] as { value: string }).value : entered[id]!;
        }
        return values;
      };
      document.querySelector<HTMLButtonElement>("#go")!.onclick = () =>
        paragon.installFlow.start(type, {
          onNext: async (stage) => {
            const { installFlow } = paragon;
            if (stage.stage === "accountType") await installFlow.setAccountType(stage.options[0]!.id);
            if (stage.stage === "instruction") stage.finish.onClick();
            if (stage.stage === "preOptions") await installFlow.setPreOptions(await answer(stage.options));
            if (stage.stage === "postOptions") await installFlow.setPostOptions(await answer(stage.options));
          },
          onComplete: () => (recorder.result = { value: "connected" }),
          onError: (error) => (recorder.result = { error: recorder.report(error) }),
        });
    },
    [type, ENTERED] as const,
  );
  await page.locator("#go").click();
  const result = () => page.evaluate(() => window.recorder.result);
  await expect.poll(result, { message: `${type} is connected`, timeout: 30_000 }).toEqual({ value: "connected" });
  page.off("popup", allow);
}

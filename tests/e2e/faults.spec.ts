// Every kind of call meets every kind of fault, in one page: it ends, with the error that belongs to the fault, and leaves
// the user as before and nothing under way.

import type { Reported } from "./pages/recorder.ts";
import type { Host } from "./support/host.ts";
import { BREAKS, Faulty } from "./support/faulty.ts";
import { nothingIsLeft, watchLeftovers } from "./support/leftovers.ts";
import { expect, test } from "./support/test.ts";

type Call = {
  run: () => unknown;
  /** `proxy`: a refusal is the provider's, and the session goes on. `anything`: whatever comes with a good status is an answer. */
  way?: "proxy";
  anything?: true;
  /** It writes, and reads the user again: with a good status the first has been taken, whatever becomes of the second. */
  readsAgain?: true;
};

// They run in the page.
const CALLS: Record<string, Call> = {
  authenticate: { run: () => window.paragon.authenticate(window.project, window.token) },
  setUserMetadata: { run: () => window.paragon.setUserMetadata({ at: Math.random() }), readsAgain: true },
  request: { run: () => window.paragon.request("slack", "/auth.test", { timeout: 60_000 }), way: "proxy", anything: true },
  "request POST": {
    run: () => window.paragon.request("slack", "/chat.postMessage", { method: "POST", body: { a: 1 }, timeout: 60_000 }),
    way: "proxy",
    anything: true,
  },
  event: { run: () => window.paragon.event("A thing", {}), anything: true },
  enableWorkflow: {
    run: () => {
      const { id } = window.paragon.getIntegrationConfig("slack").availableWorkflows![0]!;
      return window.isOn(id) ? window.paragon.disableWorkflow(id) : window.paragon.enableWorkflow(id);
    },
    anything: true,
  },
  updateIntegrationUserSettings: { run: () => window.paragon.updateIntegrationUserSettings("slack", { channel: "C1" }) },
  createConfiguration: { run: () => window.paragon.createConfiguration({ credentialId: window.account() } as never) },
  getFieldOptions: { run: () => window.paragon.getFieldOptions({ integration: "slack", action: "channels", parameters: [] } as never) },
  getIntegrationAccount: { run: () => window.paragon.getIntegrationAccount("slack", true as never), anything: true },
  "installFlow.setPreOptions": {
    run: () =>
      new Promise<void>((resolve, reject) => {
        const { installFlow } = window.paragon;
        // Once the account is there, its list is asked for.
        installFlow.start("sendgrid", { onError: reject, onNext: ({ stage }) => stage === "postOptions" && resolve() });
        void installFlow.setPreOptions({ apiKey: "SG.local-only.paragon-sandbox-mailer-key" });
      }),
  },
};

/** What goes wrong before anything reaches the server, and how it is mended. */
const ON_THE_WAY: Record<string, (host: Host) => Promise<() => Promise<unknown>>> = {
  offline: async ({ page }) => {
    await page.context().setOffline(true);
    return () => page.context().setOffline(false);
  },
  DNS: async ({ page }) => {
    await page.route(`${faulty.origin}/**`, (route) => route.abort("namenotresolved"));
    return () => page.unrouteAll();
  },
  refused: () => faulty.stop(),
};

// What succeeds changes what comes after: it is the last.
const FAULTS = [...Object.keys(ON_THE_WAY), ...Object.keys(BREAKS).filter((name) => name !== "slow"), "slow"];

/** The error's code, or undefined if the call succeeds. */
function codeOf({ way, anything }: Call, fault: string): string | undefined {
  if (fault === "slow") return undefined;
  if (fault === "timeout") return "REQUEST_TIMEOUT";
  if (fault in ON_THE_WAY || ["reset", "half a body"].includes(fault)) return "NETWORK_ERROR";
  if (/^\d+$/.test(fault)) {
    if (way === "proxy") return "PROXY_ERROR";
    return ["401", "403"].includes(fault) ? "SESSION_REJECTED" : "API_ERROR";
  }
  return anything ? undefined : "ANSWER_INVALID";
}

const PASSES = ["NETWORK_ERROR", "REQUEST_TIMEOUT"];

declare global {
  interface Window {
    project: string;
    token: string;
    /** Of the account of Slack. */
    account: () => string;
    isOn: (workflow: string) => boolean;
    /** Milliseconds after which a request's time is over, instead of a minute. */
    hurry: number | undefined;
  }
}

let faulty: Faulty;

test.beforeEach(async ({ platform, host }) => {
  faulty = await Faulty.start(platform);
  const { page, userId } = host;
  await platform.local.seed([{ id: userId, accounts: [{ integration: "slack" }] }]);
  await watchLeftovers(page);
  // A minute of the requests' time limit passes sooner when a test says so.
  await page.addInitScript(() => {
    const { setTimeout } = window;
    window.setTimeout = ((run: () => void, ms: number) => setTimeout(run, ms === 60_000 ? (window.hurry ?? ms) : ms)) as never;
  });
  await host.open();
  const { projectId, token } = await platform.session(userId);
  await page.evaluate(
    ([host, project, token]) => {
      const { paragon } = window;
      paragon.configureGlobal({ host: host! });
      paragon.setHeadless(true);
      const slack = () => {
        const user = paragon.getUser();
        return user.authenticated ? user.integrations["slack"] : undefined;
      };
      window.project = project!;
      window.token = token!;
      window.account = () => slack()!.credentialId!;
      window.isOn = (id) => !!slack()?.workflowSettings?.[id]?.enabled;
    },
    [faulty.origin, projectId, token],
  );
});

test.afterEach(async () => void (await faulty.stop()));

async function meet(host: Host, name: string, fault: string): Promise<void> {
  const call = CALLS[name]!;
  const context = `${name} × ${fault}`;
  const state = () => host.page.evaluate(() => JSON.stringify(window.paragon.getUser()));
  if (!JSON.parse(await state()).authenticated) await host.page.evaluate(CALLS["authenticate"]!.run as () => Promise<void>);
  const before = await state();
  const { met } = faulty;
  const mend = await ON_THE_WAY[fault]?.(host);
  faulty.fault = BREAKS[fault];
  await host.page.evaluate((hurry) => void (window.hurry = hurry), fault === "timeout" ? 200 : undefined);
  const error = await host.page.evaluate<Reported | undefined>(
    `Promise.resolve((${call.run})()).then(() => undefined, (error) => window.recorder.report(error))`,
  );
  await nothingIsLeft(host.page);
  // Chromium does not tell the server that a request was given up, if it may outlive its page as writes do.
  if (fault === "timeout") faulty.drop();
  await expect.poll(() => faulty.open, `${context}: requests are open`).toBe(0);
  faulty.fault = undefined;
  await mend?.();
  if (!mend) expect(faulty.met, `${context}: the fault was met`).toBeGreaterThan(met);

  const code = codeOf(call, fault);
  expect.soft(error?.code, `${context}: ${error?.message}`).toBe(code);
  if (error) {
    expect.soft(error.retryable, context).toBe(PASSES.includes(code!) || ["429", "503"].includes(fault));
    if (/^\d+$/.test(fault)) expect.soft(error.status, context).toBe(Number(fault));
    expect.soft(error.message.length, context).toBeLessThan(1000);
  }
  const after = await state();
  const isRefused = ["401", "403"].includes(fault);
  // After the proxy's refusal the user is read again, and that has met the same fault.
  if (error && (isRefused || name === "authenticate")) expect.soft(JSON.parse(after), context).toEqual({ authenticated: false });
  else if (error && !(call.readsAgain && code === "ANSWER_INVALID")) expect.soft(after === before, `${context}: the state is as before`).toBe(true);
  else expect.soft(JSON.parse(after).userId, context).toBe(host.userId);
  await host.page.evaluate(() => window.paragon.installFlow.cancel());
}

for (const name of Object.keys(CALLS)) {
  test(`${name}: with every fault it ends, once, and nothing is left`, async ({ host }) => {
    test.setTimeout(120_000);
    for (const fault of FAULTS) await test.step(fault, () => meet(host, name, fault));
  });
}

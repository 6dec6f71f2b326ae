// Runs in the page, the same with either SDK: what is measured by the page's own clock. Every measure answers
// microseconds for one call, and takes `times`, how often it calls.

const now = () => performance.now();

// One call's part of a loop of them.
async function each(times, call) {
  const start = now();
  for (let i = 0; i < times; i++) await call(i);
  return ((now() - start) * 1000) / times;
}

function eachAtOnce(times, call) {
  const start = now();
  for (let i = 0; i < times; i++) call(i);
  return ((now() - start) * 1000) / times;
}

const answer = (text) => new Response(text, { headers: { "content-type": "application/json" } });
const text = (length) => JSON.stringify({ data: "x".repeat(length) });

// The network is left out: what `fetch` answers is there at once.
async function stubbed(body, run) {
  const real = window.fetch;
  window.fetch = async () => answer(body);
  try {
    return await run();
  } finally {
    window.fetch = real;
  }
}

// What any app would have to do itself.
const plain = (body) => async () => {
  const init = body && { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
  return JSON.parse(await (await fetch("/proxy", init)).text());
};
const through = (sdk, body) => () => sdk.request("integration0", "/path", body ? { method: "POST", body } : { method: "GET" });
// Gives the garbage of one side no chance to be counted on the other's.
const over = async (times, own, bare) => {
  await each(Math.min(times, 20), own);
  await each(Math.min(times, 20), bare);
  const without = await each(times, bare);
  return (await each(times, own)) - without;
};

window.bench = {
  // Microseconds of the page's clock until the first call has answered.
  async cold(address, settings) {
    const start = now();
    const { paragon } = await import(address);
    paragon?.configureGlobal(...settings);
    return (now() - start) * 1000;
  },
  async signIn(sdk, settings, { project, token }) {
    sdk.configureGlobal(...settings);
    sdk.setHeadless(true);
    await sdk.authenticate(project, token);
  },
  requestAnswer: (sdk, times) => stubbed(text(1024), () => over(times, through(sdk), plain())),
  requestBody: (sdk, times, length) => {
    const body = { data: "y".repeat(length) };
    return stubbed(text(16), () => over(times, through(sdk, body), plain(body)));
  },
  async identical(sdk) {
    const settled = await stubbed(text(16), () => Promise.allSettled(Array.from({ length: 10 }, through(sdk))));
    return settled.filter(({ status }) => status === "rejected").length;
  },
  getUser: (sdk, times) => eachAtOnce(times, () => sdk.getUser()),
  getIntegrationConfig: (sdk, times) => eachAtOnce(times, () => sdk.getIntegrationConfig("integration1")),
  getIntegrationMetadata: (sdk, times) => eachAtOnce(times, () => sdk.getIntegrationMetadata()),
  otherReads: (sdk, times) => eachAtOnce(times, () => sdk.getIntegrationId("integration1")),
  subscribe(sdk) {
    const handlers = Array.from({ length: 10_000 }, () => () => {});
    const start = now();
    for (const handler of handlers) sdk.subscribe("onPortalOpen", handler);
    const middle = now();
    for (const handler of handlers) sdk.unsubscribe("onPortalOpen", handler);
    return [(middle - start) * 1000, (now() - middle) * 1000];
  },
  emit(sdk, times, listeners) {
    let heard = 0;
    const handlers = Array.from({ length: listeners }, () => () => (heard += 1));
    for (const handler of handlers) sdk.subscribe("onPortalOpen", handler);
    const event = { type: "onPortalOpen", integrationId: sdk.getIntegrationId?.("integration1"), integrationType: "integration1" };
    const took = eachAtOnce(times, () => window.whole.triggerSDKEvent(event));
    if (heard !== times * listeners) throw new Error(`${heard} of ${times * listeners} were told`);
    for (const handler of handlers) sdk.unsubscribe("onPortalOpen", handler);
    return took;
  },
  // Over a real connection: with the SDK, and without.
  async inARow(sdk, times) {
    return over(times, through(sdk), plain());
  },
  async atOnce(sdk, times) {
    const start = now();
    await Promise.all(Array.from({ length: times }, (_, n) => sdk.request("integration0", `/path/${n}`, { method: "GET" })));
    return ((now() - start) * 1000) / times;
  },
  async atOncePlain(times) {
    const start = now();
    await Promise.all(Array.from({ length: times }, plain()));
    return ((now() - start) * 1000) / times;
  },
  requests: (sdk, times) => stubbed(text(16), () => each(times, (n) => sdk.request("integration0", `/path/${n}`, { method: "GET" }))),
  // Each flow ends with an error: its window is blocked.
  async flows(sdk, times) {
    const real = window.open;
    window.open = () => null;
    for (let n = 0; n < times; n++) {
      await new Promise((resolve) => sdk.installFlow.start("integration2", { allowMultipleCredentials: true, onNext() {}, onError: resolve, onComplete: resolve }));
      sdk.installFlow.cancel?.();
    }
    window.open = real;
  },
};

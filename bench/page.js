// Runs in the page, the same with either SDK: what is measured by the page's own clock. Every measure answers
// microseconds for one call, and takes `times`, how often it calls.

const now = () => performance.now();

const PARTS = 10;
const median = (values) => values.sort((a, b) => a - b)[values.length >> 1];
const parts = (times) => Array(Math.min(times, PARTS)).fill(Math.ceil(times / PARTS));

// Microseconds of one call, of calls that wait for each other: the median of the parts of the loop, since a busy machine
// disturbs some of them.
async function each(times, call) {
  const took = [];
  for (const count of parts(times)) {
    const start = now();
    for (let i = 0; i < count; i++) await call(i);
    took.push(((now() - start) * 1000) / count);
  }
  return median(took);
}

// The same, of calls that answer at once.
function eachAtOnce(times, call) {
  const took = parts(times).map((count) => {
    const start = now();
    for (let i = 0; i < count; i++) call(i);
    return ((now() - start) * 1000) / count;
  });
  return median(took);
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
// How much longer one takes than the other, part by part in turn.
async function over(times, own, bare) {
  const more = [];
  for (const count of [...parts(times), ...parts(times)]) {
    const without = await each(count, bare);
    more.push((await each(count, own)) - without);
  }
  return median(more);
}

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
    if (heard === 0 || heard % listeners) throw new Error(`${heard} calls of ${listeners} listeners`);
    for (const handler of handlers) sdk.unsubscribe("onPortalOpen", handler);
    return took;
  },
  // Over a real connection: with the SDK, and without.
  inARow: (sdk, times) => over(times, through(sdk), plain()),
  async atOnce(sdk, times) {
    const start = now();
    await Promise.all(Array.from({ length: times }, (_, n) => sdk.request("integration0", `/path/${n}`, { method: "GET" })));
    const middle = now();
    await Promise.all(Array.from({ length: times }, plain()));
    return ((middle - start) / (now() - middle));
  },
  requests: (sdk, times) => stubbed(text(16), () => each(times, (n) => sdk.request("integration0", `/path/${n}`, { method: "GET" }))),
  // Each flow ends with an error: its window is blocked.
  async flows(sdk, times) {
    const real = window.open;
    window.open = () => null;
    try {
      for (let n = 0; n < times; n++) {
        await new Promise((resolve, reject) => {
          const onComplete = () => reject(new Error("a blocked window has connected an account"));
          sdk.installFlow.start("integration1", { allowMultipleCredentials: true, onNext() {}, onError: resolve, onComplete });
        });
        sdk.installFlow.cancel();
      }
    } finally {
      window.open = real;
    }
  },
};

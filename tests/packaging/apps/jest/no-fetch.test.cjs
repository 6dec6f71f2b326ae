// jsdom has no `fetch`; the tests of an app put their own in its place.

const { paragon } = require("paragon-connect");

test("signs in", async () => {
  const { user, host, project, token } = JSON.parse(process.env.SESSION);
  const asked = [];
  const me = { authenticated: true, userId: user, integrations: {}, meta: {} };
  globalThis.fetch = async (address) => {
    asked.push(String(address));
    const body = asked.at(-1).endsWith("/me") ? me : [];
    return { ok: true, status: 200, headers: new Headers({ "content-type": "application/json" }), text: async () => JSON.stringify(body) };
  };
  paragon.configureGlobal({ host });
  await paragon.authenticate(project, token);
  expect(paragon.getUser().userId).toBe(user);
  expect(asked).not.toEqual([]);
});

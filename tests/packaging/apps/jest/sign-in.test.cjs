const { paragon } = require("paragon-connect");

test("signs in", async () => {
  const { user, host, project, token } = JSON.parse(process.env.SESSION);
  expect(paragon.getUser()).toEqual({ authenticated: false });
  paragon.configureGlobal({ host });
  await paragon.authenticate(project, token);
  expect(paragon.getUser().userId).toBe(user);
});

import { expect, test } from "vitest";
import { paragon } from "paragon-connect";

test("signs in", async () => {
  const { user, host, project, token } = JSON.parse(import.meta.env.VITE_SESSION);
  expect(paragon.getUser()).toEqual({ authenticated: false });
  paragon.configureGlobal({ host });
  await paragon.authenticate(project, token);
  expect(paragon.getUser().userId).toBe(user);
});

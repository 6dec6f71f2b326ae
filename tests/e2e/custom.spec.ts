// A custom integration: any OAuth 2.0 provider, by its addresses in the project file alone.

import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { CLIENT, OidcServer, signInAndConsent } from "./support/oidc.ts";
import { Host } from "./support/host.ts";
import { Platform } from "./support/platform.ts";
import { expect, test } from "./support/test.ts";

const project = (provider: string) => `
[[integrations]]
type = "custom"
name = "Acme CRM"
baseUrl = "${provider}"

[integrations.oauth]
authorizeUrl = "${provider}/auth"
tokenUrl = "${provider}/token"
revokeUrl = "${provider}/token/revocation"
clientId = "${CLIENT.id}"
clientSecret = "${CLIENT.secret}"
clientAuth = "basic"
scopes = ["openid", "email", "offline_access"]
authorizeParameters = { prompt = "consent" }

[integrations.account]
request = { url = "/me" }
id = "sub"
data = { email = "email" }
`;

// Its pages want a font from elsewhere.
test.use({ foreign: ["fonts.googleapis.com"] });

test("an independent OAuth server: connect, request, renew, revoke", async ({ page, hostServer }) => {
  const provider = await OidcServer.listen();
  const platform = await Platform.start(project(provider.origin));
  try {
    provider.serve([`${platform.base}/oauth/callback`], 2);
    const host = new Host(page, platform, "user-of-acme", hostServer, "ours");
    await host.signIn();
    const metadata = await page.evaluate(() => window.paragon.getIntegrationMetadata());
    expect(metadata).toMatchObject([{ type: "custom.acmecrm", name: "Acme CRM" }]);

    await signInAndConsent(await host.startForPopup("custom.acmecrm"), "ada");
    await host.until({ kind: "complete" });
    expect(await host.integration("custom.acmecrm")).toMatchObject({
      enabled: true,
      providerId: "ada",
      providerData: { email: "ada@example.com" },
    });
    expect(provider.grants[0]).toBe("authorization_code");

    // Its access tokens end after two seconds; the user never sees it.
    const answers: unknown[] = [];
    await expect
      .poll(async () => {
        answers.push(await host.request("custom.acmecrm", "/me"));
        return provider.grants;
      })
      .toContain("refresh_token");
    for (const answer of answers) expect(answer).toEqual({ value: { sub: "ada", email: "ada@example.com" } });
    expect(await host.request("custom.acmecrm", "me")).toMatchObject({ value: { sub: "ada" } });

    const revokedBefore = provider.revoked;
    await page.evaluate(() => window.paragon.uninstallIntegration("custom.acmecrm"));
    expect(await host.integration("custom.acmecrm")).toMatchObject({ enabled: false, allCredentials: [] });
    expect(provider.revoked).toBeGreaterThan(revokedBefore);
  } finally {
    await platform.stop();
    await provider.stop();
  }
});

test("overrideRedirectUrl: the provider sends the browser to the app's own address, which hands it on", async ({ page, hostServer }) => {
  const provider = await OidcServer.listen();
  const platform = await Platform.start(project(provider.origin));
  const passed: string[] = [];
  const app = createServer((request, response) => {
    const { search } = new URL(request.url ?? "/", "http://app");
    passed.push(request.url ?? "");
    response.writeHead(302, { location: `${platform.base}/oauth/callback${search}` }).end();
  });
  await new Promise<void>((resolve) => app.listen(0, "127.0.0.1", resolve));
  const overrideRedirectUrl = `http://127.0.0.1:${(app.address() as AddressInfo).port}/integrations/connected`;
  try {
    provider.serve([overrideRedirectUrl], 3600);
    const host = new Host(page, platform, "user-of-acme", hostServer, "ours");
    await host.signIn();
    await signInAndConsent(await host.startForPopup("custom.acmecrm", { overrideRedirectUrl }), "grace");
    await host.until({ kind: "complete" });
    expect(passed).toEqual([expect.stringMatching(/^\/integrations\/connected\?.*code=/)]);
    expect(await host.integration("custom.acmecrm")).toMatchObject({ enabled: true, providerId: "grace" });
  } finally {
    app.close();
    await platform.stop();
    await provider.stop();
  }
});

// An OAuth 2.0 server that is not ours: oidc-provider, with its own pages for signing in and consent.

import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Page } from "@playwright/test";
import Provider from "oidc-provider";
import { closes } from "./consent.ts";

export const CLIENT = { id: "acme-client", secret: "acme-secret-of-this-test" };

export class OidcServer {
  /** Kinds of grants that the token endpoint has answered. */
  readonly grants: string[] = [];
  /** How many tokens were revoked. */
  revoked = 0;

  private constructor(
    private readonly server: Server,
    readonly origin: string,
  ) {}

  /** Takes a port; `serve` then answers there. The platform has to know the address before the redirect URI is known. */
  static async listen(): Promise<OidcServer> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return new OidcServer(server, `http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  }

  /** Starts to answer, for a client with these redirect URIs. Access tokens live so long (seconds). */
  serve(redirectUris: string[], accessTokenSeconds: number): void {
    const provider = new Provider(this.origin, {
      clients: [
        {
          client_id: CLIENT.id,
          client_secret: CLIENT.secret,
          redirect_uris: redirectUris,
          grant_types: ["authorization_code", "refresh_token"],
          response_types: ["code"],
          token_endpoint_auth_method: "client_secret_basic",
        },
      ],
      cookies: { keys: ["a key for the cookies of this test"] },
      features: { revocation: { enabled: true } },
      findAccount: (_, sub) => ({ accountId: sub, claims: () => ({ sub, email: `${sub}@example.com` }) }),
      claims: { openid: ["sub"], email: ["email"] },
      pkce: { required: () => true },
      rotateRefreshToken: true,
      ttl: { AccessToken: accessTokenSeconds },
    });
    provider.on("grant.success", (ctx) => this.grants.push(String(ctx.oidc.params?.["grant_type"])));
    provider.on("refresh_token.destroyed", () => this.revoked++);
    provider.on("access_token.destroyed", () => this.revoked++);
    this.server.on("request", provider.callback());
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

/** What a person does on its pages: sign in, then consent. */
export async function signInAndConsent(popup: Page, login: string): Promise<void> {
  await popup.locator("input[name=login]").fill(login);
  await popup.locator("input[name=password]").fill("any password");
  await popup.locator("[type=submit]").click();
  await popup.getByText("email").first().waitFor();
  await popup.locator("[type=submit]").click();
  await closes(popup);
}

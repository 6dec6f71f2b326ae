// An OAuth server that is not ours (oidc-provider), for the tests of Request steps. It prints its address and a refresh
// token as one line of JSON, guards /api with the tokens that it gave, and ends when its standard input does.

import { createServer } from "node:http";
import Provider, { errors } from "oidc-provider";

const server = createServer();
await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
const address = `http://127.0.0.1:${server.address().port}`;
const SECRET = "a secret: with / signs & more";

const client = (id, grant, method) => ({
  client_id: id,
  client_secret: SECRET,
  redirect_uris: grant === "refresh_token" ? ["https://app.example.com/callback"] : [],
  response_types: grant === "refresh_token" ? ["code"] : [],
  grant_types: grant === "refresh_token" ? ["authorization_code", grant] : [grant],
  token_endpoint_auth_method: method,
});
const provider = new Provider(address, {
  clients: [
    client("header", "client_credentials", "client_secret_basic"),
    client("body", "client_credentials", "client_secret_post"),
    client("refresh", "refresh_token", "client_secret_basic"),
    client("owner", "password", "client_secret_post"),
  ],
  cookies: { keys: ["a key for the cookies of this test"] },
  features: { clientCredentials: { enabled: true } },
  scopes: ["openid", "offline_access", "things:read"],
  findAccount: (_, sub) => ({ accountId: sub, claims: () => ({ sub }) }),
  rotateRefreshToken: true,
  ttl: { AccessToken: 600, ClientCredentials: 600, RefreshToken: 86_400, Grant: 86_400 },
});
provider.registerGrantType(
  "password",
  async (ctx) => {
    const { username, password } = ctx.oidc.params;
    if (username !== "ada" || password !== "lovelace & co") throw new errors.InvalidGrant("wrong user name or password");
    const grant = new provider.Grant({ clientId: ctx.oidc.client.clientId, accountId: username });
    const grantId = await grant.save();
    const token = new provider.AccessToken({ accountId: username, client: ctx.oidc.client, grantId, gty: "password", scope: "" });
    ctx.body = { access_token: await token.save(), expires_in: token.expiration, token_type: "Bearer" };
  },
  ["username", "password"],
);

const grant = new provider.Grant({ clientId: "refresh", accountId: "ada" });
grant.addOIDCScope("openid offline_access");
const refresh = new provider.RefreshToken({
  accountId: "ada",
  client: await provider.Client.find("refresh"),
  grantId: await grant.save(),
  gty: "authorization_code",
  scope: "openid offline_access",
  rotations: 0,
});
const refreshToken = await refresh.save();

const answer = provider.callback();
server.on("request", async (request, response) => {
  if (request.url !== "/api") return answer(request, response);
  const token = (request.headers.authorization ?? "").replace(/^Bearer /, "");
  const found = (await provider.ClientCredentials.find(token)) ?? (await provider.AccessToken.find(token));
  response.writeHead(found ? 200 : 401, { "content-type": "application/json" });
  response.end(JSON.stringify({ client: found?.clientId, scope: found?.scope, account: found?.accountId }));
});
console.log(JSON.stringify({ address, secret: SECRET, refreshToken }));
process.stdin.resume().on("end", () => process.exit());

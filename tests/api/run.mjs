// Property-based tests of the platform's API: schemathesis makes calls from the description of the calls (openapi.json), good
// and bad ones, and looks at every answer: no failure of the platform, nothing that the description does not say.
// `API_SEED` is the seed of the random values, `API_EXAMPLES` how many calls of each operation.

import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { start } from "../../src/testing/index.js";
import { informed, known } from "./known.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const seed = process.env.API_SEED ?? "20260101";
const examples = process.env.API_EXAMPLES ?? "20";

// What is checked, beside all that schemathesis checks unless told otherwise.
const NOT_CHECKED = [
  // A call that fits its schema may still name an account that is not there; that is a refusal, and right.
  "positive_data_acceptance",
];

const folder = mkdtempSync(join(tmpdir(), "paragon-api-"));
const projectFile = join(root, "local/src/config/default.toml");
const platform = await start({
  binary: join(root, "target/debug/paragon-local"),
  projectFile: readFileSync(projectFile, "utf8") + readFileSync(new URL("project.toml", import.meta.url), "utf8"),
  seed: [
    {
      id: "ada",
      accounts: [
        { integration: "slack" },
        { integration: "salesforce" },
        { integration: "jira", inputs: { site: "5f0c1a52-7c3e-4b1c-9d0e-1a2b3c4d5e6f", project: "LAMP" } },
        { integration: "sendgrid", inputs: { apiKey: "SG.local-only.paragon-sandbox-mailer-key" } },
        { integration: "box" },
        { integration: "custom.echo", inputs: { key: "any" }, options: { externalId: "main" } },
      ],
    },
  ],
});
let failed = false;
try {
  const token = await platform.token("ada", { seconds: 24 * 3600 });
  const base = `${platform.address}/projects/${platform.id}`;
  const headers = { authorization: `Bearer ${token}`, "content-type": "application/json" };
  const integrations = await (await fetch(`${base}/sdk/integrations`, { headers })).json();
  const { workflows } = integrations.find(({ name }) => name === "Echo");
  for (const { id } of workflows) {
    const answer = await fetch(`${base}/sdk/triggers/${id}`, { method: "POST", headers, body: '{"hello":"there"}' });
    if (!answer.ok) throw new Error(`the workflow ${id} answered ${answer.status}: ${await answer.text()}`);
  }
  const description = await (await fetch(`${platform.address}/openapi.json`)).json();
  const file = join(folder, "openapi.json");
  writeFileSync(file, JSON.stringify(informed(description, await known(platform, token))));
  for (const [title, key, choice] of [
    ["With a user token", token, ["--exclude-tag", "Task history"]],
    ["With the API key", platform.apiKey, ["--include-tag", "Task history"]],
  ]) {
    console.log(`\n${title}`);
    const args = ["run", file, "--url", base, ...choice, "--checks", "all", "--exclude-checks", NOT_CHECKED.join(",")];
    args.push("--seed", seed, "--max-examples", examples, "--generation-database", "none", "--no-color");
    args.push("--phases", "examples,coverage,fuzzing,stateful", "--header", `Authorization: Bearer ${key}`);
    const { status } = spawnSync(join(root, "target/tools/schemathesis/bin/schemathesis"), args, { cwd: folder, stdio: "inherit" });
    failed ||= status !== 0;
  }
  const healthy = await fetch(`${base}/sdk/me`, { headers });
  if (!healthy.ok) throw new Error(`after all this, the platform answers ${healthy.status}`);
} finally {
  await platform.stop();
  rmSync(folder, { recursive: true });
}
process.exit(failed ? 1 : 0);

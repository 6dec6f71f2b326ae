// The helper for test suites from CommonJS.
import { PlatformError, start, type Call, type Project } from "paragon-connect/testing";

async function use(): Promise<void> {
  const platform = await start({ seed: [{ id: "ada", accounts: [{ integration: "slack" }] }] });
  const project: Project = platform;
  await project.faults.add({ effect: "reset" });
  await project.faults.add({ on: "proxy", effect: { kind: "status", status: 429, retryAfter: 1 } });
  await project.token("ada", { seconds: 60, permissions: { "integration:slack": { "credential:*": ["credential:write"] } } });
  await project.token("ada", { permissions: { "integration:*": true } });
  // @ts-expect-error: there is no such scope
  await project.token("ada", { permissions: { "workflow:*": true } });
  // @ts-expect-error: false would say nothing
  await project.token("ada", { permissions: { "integration:*": false } });
  // @ts-expect-error: a status belongs to this effect
  await project.faults.add({ effect: "status" });
  const calls: Call[] = await project.journal.wait({ kind: "proxy" }, { count: 2 });
  await project.clock.advance(calls.length);
}
void [use, PlatformError];

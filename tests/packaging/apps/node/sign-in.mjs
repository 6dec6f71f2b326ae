import assert from "node:assert/strict";
import { paragon } from "paragon-connect";

const { user, host, project, token } = JSON.parse(process.env.SESSION);
paragon.configureGlobal({ host });
await paragon.authenticate(project, token);
assert.equal(paragon.getUser().userId, user);

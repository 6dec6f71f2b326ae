const assert = require("node:assert/strict");
const { paragon } = require("paragon-connect");

const { user, host, project, token } = JSON.parse(process.env.SESSION);
paragon.configureGlobal({ host });
paragon.authenticate(project, token).then(() => assert.equal(paragon.getUser().userId, user));

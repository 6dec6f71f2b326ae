const check = require("./checks.cjs");

const before = Reflect.ownKeys(globalThis).length;
const main = require("@useparagon/connect");
const sub = require("@useparagon/connect/ConnectSDK");
check(before, main, sub);

import check from "./checks.cjs";

const before = Reflect.ownKeys(globalThis).length;
const main = await import("@useparagon/connect");
const sub = await import("@useparagon/connect/ConnectSDK");
check(before, main, sub);

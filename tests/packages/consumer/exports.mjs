// Tells what the names in the arguments are.
import * as main from "@useparagon/connect";
import * as sub from "@useparagon/connect/ConnectSDK";

const show = (name) => {
  if (name === "paragon" || name === "connectSingleton") return main[name] ? "an SDK" : undefined;
  return typeof main[name] === "function" ? "a function" : main[name];
};
const found = Object.fromEntries(process.argv.slice(2).map((name) => [name, show(name)]));
console.log(JSON.stringify({ main: found, sub: Object.keys(sub) }));

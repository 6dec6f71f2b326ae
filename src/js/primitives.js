// What Rust does with JavaScript values, one small function each (see `src/core/value.rs`).
// `names` and `faults` are the strings that both sides know by number; the loader fills them once.

import { ParagonError } from "./errors.js";

let names = [];
let faults = [];

export function learn(nameTable, faultTable) {
  names = nameTable.split("\t");
  faults = faultTable.split("\n").map((line) => line.split("\t"));
}

const isObject = (value) => typeof value === "object" && value !== null;
const asText = (value) => (Array.isArray(value) ? value.join(", ") : String(value ?? ""));
const replaceHoles = (template, parts) => {
  let next = 0;
  return template.replace(/\{\}/g, () => asText(parts[next++]));
};

export const named = (name) => names[name];
export const fill = (template, ...parts) => replaceHoles(names[template], parts);
export const fault = (number, ...parts) => {
  const [name, code, text] = faults[number];
  return { name, code, message: replaceHoles(text, parts), meta: null, retryable: false };
};
// Aborting gives the app the very DOMException that `fetch` threw.
export const failure = (fields) => (fields instanceof Error ? fields : new ParagonError(fields));
export const object = () => ({});
export const list = () => [];

const KINDS = { undefined: 0, boolean: 1, number: 2, bigint: 2, string: 3, function: 4, symbol: 6 };
export const kind = (value) =>
  value === null ? 0 : (KINDS[typeof value] ?? (Array.isArray(value) ? 5 : 6));
export const is = (value, name) => value === names[name];
export const contains = (value, name) => typeof value === "string" && value.includes(names[name]);
export const same = (a, b) => a === b;
export const alike = (a, b) => {
  if (a === b) return true;
  if (!isObject(a) || !isObject(b) || Array.isArray(a) !== Array.isArray(b)) return false;
  const keysOfA = Object.keys(a);
  return (
    keysOfA.length === Object.keys(b).length &&
    keysOfA.every((key) => Object.hasOwn(b, key) && alike(a[key], b[key]))
  );
};

export const get = (value, key) => value?.[names[key]];
export const lookup = (value, key) =>
  isObject(value) && typeof key === "string" && Object.hasOwn(value, key) ? value[key] : undefined;
export const set = (value, key, to) => {
  value[names[key]] = to;
};
export const put = (value, key, to) => {
  if (key === "__proto__") return;
  if (to === undefined) delete value[key];
  else value[key] = to;
};
export const push = (value, entry) => {
  value.push(entry);
};
export const at = (value, index) => (Array.isArray(value) ? value[index] : undefined);
export const len = (value) => (Array.isArray(value) ? value.length : 0);
export const keys = (value) => (isObject(value) ? Object.keys(value) : []);
export const copy = (value) => (Array.isArray(value) ? value.slice() : { ...value });
export const deepCopy = (value) => {
  if (Array.isArray(value)) return value.map(deepCopy);
  if (!isObject(value)) return value;
  const result = {};
  for (const key of Object.keys(value)) result[key] = deepCopy(value[key]);
  return result;
};

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
const tokenPart = (token, index) => {
  const parts = token.split(".");
  if (parts.length !== 3) return undefined;
  const base64 = parts[index].replace(/-/g, "+").replace(/_/g, "/");
  return JSON.parse(decodeURIComponent(escape(atob(base64))));
};

// By number: see `Text` in `src/core/value.rs`.
const TEXT = [
  (text) => text.trim(),
  (text) => text.toLowerCase(),
  (text) => text.toLowerCase().replace(/[^a-z0-9]/g, ""),
  (text) => (text.startsWith("ext:") ? text.slice(4) : undefined),
  (text) => (UUID.test(text) ? text : undefined),
  (text) => text.split(/(?<=\.svg)/)[0],
  (text) => encodeURIComponent(text),
  (text) => tokenPart(text, 1),
  (text) => tokenPart(text, 0),
  (text) => text.trimStart().startsWith("-----BEGIN"),
  (text) => text.replace(/^\/+/, ""),
  undefined,
  (text) => text.slice(0, text.lastIndexOf(".")),
  (text) => text.replace(/\/+$/, ""),
];
const JSON_TEXT = 11;

export const text = (value, operation) => {
  try {
    if (operation === JSON_TEXT) return JSON.stringify(value);
    if (typeof value === "string") return TEXT[operation](value);
    return typeof value === "number" || typeof value === "boolean" ? TEXT[operation](String(value)) : undefined;
  } catch {
    return undefined;
  }
};

export const url = (value, part) => {
  try {
    const { origin, hostname, protocol, pathname, search, hash } = new URL(value);
    return [origin, hostname, protocol, pathname + search + hash][part];
  } catch {
    return undefined;
  }
};

// The JavaScript half of the boundary (the Rust half is `src/ffi`).
//
// A JavaScript value is a number in Rust: its place in `table`, good until the turn that put it there ends. So values
// cross for free, nothing is counted or freed one by one, and nothing can leak: what must outlive a turn lies in an
// object (`memory`). Fixed strings have places that stay, so Rust need not ask for them. This file imports nothing, so that the
// browser tests of the Rust crate can load it as it is.

// The first places are for the four values that Rust knows by number, then for the memories that stay, and then for the
// fixed strings, by their numbers: `NAMES_AT` in `src/ffi/value.rs`.
const FIXED = [undefined, null, false, true];
const NOTHING = 0;
const PLACES_TO_STAY = 256;
const NAMES_AT = FIXED.length + PLACES_TO_STAY;
const table = [...FIXED, ...Array(PLACES_TO_STAY)];
const pages = [];
// Fixed strings that have holes, cut there.
const cut = [];
let faults = [];
let makeError = (fields) => fields;
let failed;
let thrown;

// ---- for the face ----

// The strings that both sides know by number, and what turns an error's fields into an error.
export function learn(nameTable, faultTable, errorMaker = makeError) {
  nameTable.split("\t").forEach((name, number) => (table[NAMES_AT + number] = name));
  faults = faultTable.split("\n").map((line) => line.split("\t"));
  makeError = errorMaker;
}

// Gives a page (what one SDK object can do in the browser) and its memory their numbers, for as long as it lives;
// undefined when there are too many already.
export function attach(page, memory) {
  const place = table.indexOf(undefined, FIXED.length);
  if (place < 0 || place >= NAMES_AT) return undefined;
  table[place] = memory;
  pages[place] = page;
  return place;
}

export function detach(place) {
  table[place] = undefined;
  delete pages[place];
}

// A value that nobody takes out again; for tests.
export const pin = (value) => hold(value);

// Was this thrown by core on purpose, when nothing was borrowed any more?
export const isThrownByCore = (error) => error === thrown;

// Runs one turn. `run` gets a function that puts values into the table, and may give back a place in it. What core fails
// with is thrown here, when Rust has returned: what flies through Rust leaves borrowed what was borrowed.
export function turn(run) {
  const start = table.length;
  try {
    const place = run(hold) ?? 0;
    if (!failed) return table[place];
    thrown = failed;
    failed = undefined;
    throw thrown;
  } finally {
    table.length = start;
  }
}

function hold(value) {
  return table.push(value) - 1;
}

// ---- what core asks of the page ----

export const settle = (page, call, good, value) => pages[page].settle(call, good, table[value]);
export const fail = (error) => {
  failed = table[error];
};
export const notify = (page, callback, args) => pages[page].notify(table[callback], table[args]);
export const ask = (page, id, callback, args) => pages[page].ask(id, table[callback], table[args]);
export const emit = (page, event, payload) => pages[page].emit(table[event], table[payload]);
export const send = (page, id, method, url, headers, body, options, timeout) =>
  pages[page].send(id, table[url], {
    method: table[method],
    headers: table[headers],
    body: table[body],
    options: table[options],
    timeout,
  });
export const wait = (page, id, ms, signal) => pages[page].wait(id, ms, table[signal]);
export const endWait = (page, id) => pages[page].endWait(id);
export const openPopup = (page, id, url, tab) => pages[page].openPopup(id, table[url], tab);
export const steerPopup = (page, id, url) => pages[page].steerPopup(id, table[url]);
export const closePopup = (page, id) => pages[page].closePopup(id);
export const leave = (page, id, url, attempt, install) =>
  pages[page].leave(id, table[url], table[attempt], table[install]);
export const postForm = (page, id, url, token) => pages[page].postForm(id, table[url], table[token]);
export const listen = (page, id, port) => pages[page].listen(id, table[port]);
// What the other side said may be in it, and be of a kind that cannot be sent back.
export const postToPort = (port, message) => tried(() => table[port].postMessage(table[message]));
export const loadPicker = (page, id, vendor, settings) => pages[page].loadPicker(id, table[vendor], table[settings]);
export const showPicker = (page, id, widget) => pages[page].showPicker(id, table[widget]);
export const popupClosed = (page, id) => pages[page].popupClosed(id);
export const pageFocused = (page) => pages[page].focused();
export const pageOrigin = (page) => hold(pages[page].origin());
export const returnAddress = (page, word) => hold(pages[page].returnAddress(table[word]));
export const randomId = (page) => hold(pages[page].randomId());
export const callback = (page, method, id) => hold(pages[page].callback(method, id));
export const drop = (page, call) => pages[page].drop(call);
export const portal = (page, url) => pages[page].portal(table[url]);
export const post = (page, message) => pages[page].post(table[message]);
// A bool is 0 or 1 here.
export const style = (page, shown, locked) => pages[page].style(!!shown, !!locked);
export const warn = (page, error) => pages[page].warn(table[error]);
export const now = () => Date.now();
export const random = () => Math.random();

// ---- values: see `Value` in `src/core/value.rs` ----
//
// None of these may throw: it would fly through Rust while core is borrowed, and leave it borrowed. What an app passes can
// throw at every touch (getters, proxies); such a value counts as not given.

const tried = (run, otherwise) => {
  try {
    return run();
  } catch {
    return otherwise;
  }
};

const isObject = (value) => typeof value === "object" && value !== null;
const asText = (value) =>
  typeof value === "string" ? value : tried(() => (Array.isArray(value) ? value.join(", ") : String(value ?? "")), "");
const filled = (pieces, parts) => {
  let [text] = pieces;
  for (let n = 1; n < pieces.length; n++) text += asText(table[parts[n - 1]]) + pieces[n];
  return text;
};

export const number = (value) => hold(value);
export const fill = (template, ...parts) => hold(filled((cut[template] ??= table[template].split("{}")), parts));
export const fault = (index, ...parts) => {
  const [name, code, text] = faults[index];
  return hold({ name, code, message: filled(text.split("{}"), parts), meta: null, retryable: false });
};
// Aborting gives the app the very DOMException that `fetch` threw.
// One of them for the face itself, by its code.
export const faultNamed = (code, parts = [], more) => {
  const [name, , text] = faults.find(([, known]) => known === code);
  const message = text.replace(/\{\}/g, () => parts.shift());
  return makeError({ name, code, message, meta: null, retryable: false, ...more });
};
export const failure = (fields) => hold(table[fields] instanceof Error ? table[fields] : makeError(table[fields]));
export const object = () => hold({});
export const list = () => hold([]);

// A proxy that was revoked cannot even be asked that.
const isList = (value) => tried(() => Array.isArray(value), false);
// A symbol says nothing to core, and takes no properties.
const KINDS = { undefined: 0, boolean: 1, number: 2, bigint: 2, string: 3, function: 4, symbol: 0 };
export const kind = (handle) => {
  const value = table[handle];
  return value === null ? 0 : (KINDS[typeof value] ?? (isList(value) ? 5 : 6));
};
export const truthy = (value) => !!table[value];
export const asNumber = (value) => (typeof table[value] === "number" ? table[value] : NaN);
export const contains = (value, name) => typeof table[value] === "string" && table[value].includes(table[name]);
export const begins = (value, start) => typeof table[value] === "string" && table[value].startsWith(table[start]);
export const replaced = (value, from, to) =>
  typeof table[value] === "string" ? hold(table[value].replace(table[from], table[to])) : value;
export const same = (a, b) => table[a] === table[b];
const givenKeys = (value) => Object.keys(value).filter((key) => value[key] !== undefined);
const equal = (a, b) => {
  if (a === b) return true;
  if (!isObject(a) || !isObject(b) || Array.isArray(a) !== Array.isArray(b)) return false;
  const keysOfA = givenKeys(a);
  return (
    keysOfA.length === givenKeys(b).length && keysOfA.every((key) => Object.hasOwn(b, key) && equal(a[key], b[key]))
  );
};
export const areEqual = (a, b) => tried(() => equal(a, b), false);
export const alike = (a, b) => areEqual(table[a], table[b]);

// Core's most frequent questions are tried without a function made for each: engines are in no hurry to get rid of it.
export const get = (value, key) => {
  try {
    return hold(table[value]?.[table[key]]);
  } catch {
    return NOTHING;
  }
};
export const header = (headers, name) =>
  hold(tried(() => (table[headers] ? (new Headers(table[headers]).get(table[name]) ?? undefined) : undefined)));
export const lookup = (value, key) => {
  const from = table[value];
  const name = table[key];
  const isKey = typeof name === "string" || typeof name === "number";
  try {
    return isKey && isObject(from) && Object.hasOwn(from, name) ? hold(from[name]) : NOTHING;
  } catch {
    return NOTHING;
  }
};
export const set = (value, key, to) => {
  table[value][table[key]] = table[to];
};
export const put = (value, key, to) => {
  if (table[key] === "__proto__") return;
  if (table[to] === undefined) delete table[value][table[key]];
  else table[value][table[key]] = table[to];
};
export const push = (value, entry) => {
  table[value].push(table[entry]);
};
export const at = (value, index) => hold(tried(() => (Array.isArray(table[value]) ? table[value][index] : undefined)));
export const length = (value) => tried(() => (Array.isArray(table[value]) ? table[value].length : 0), 0);
export const keys = (value) => hold(tried(() => (isObject(table[value]) ? Object.keys(table[value]) : []), []));
const copied = (value) => (Array.isArray(value) ? value.slice() : isObject(value) ? { ...value } : value);
export const copy = (value) => hold(tried(() => copied(table[value]), {}));
const cloned = (value) => {
  if (!isObject(value)) return value;
  if (Array.isArray(value)) return value.map(cloned);
  const keys = Object.keys(value);
  // Most objects are flat: engines copy these at once.
  if (!keys.some((key) => isObject(value[key]) || key === "__proto__")) return { ...value };
  const result = {};
  for (const key of keys) {
    if (Object.hasOwn(LATER, key)) {
      if (!result[ORIGINAL]) Object.defineProperty(result, ORIGINAL, { value });
      Object.defineProperty(result, key, LATER[key]);
    } else if (key !== "__proto__") result[key] = cloned(value[key]);
  }
  return result;
};
// What of a user's state may be long is only copied when it is looked at. A copy knows what it was made of under a
// symbol, so that the getters are the same for all copies, and these have one shape that engines are quick with.
const ORIGINAL = Symbol();
const whenRead = (key) => {
  const become = (copy, value) =>
    Object.defineProperty(copy, key, { configurable: true, enumerable: true, writable: true, value });
  return {
    configurable: true,
    enumerable: true,
    get() {
      become(this, cloned(this[ORIGINAL][key]));
      return this[key];
    },
    set(value) {
      become(this, value);
    },
  };
};
const LATER = { allCredentials: whenRead("allCredentials"), allConfigurations: whenRead("allConfigurations") };
// Nothing in it can be changed any more. What is frozen already, is so altogether.
export const frozen = (value) => {
  if (isObject(value) && !Object.isFrozen(value)) Object.values(Object.freeze(value)).forEach(frozen);
  return value;
};
// What has no end is not copied.
export const deepCopy = (value) => hold(tried(() => cloned(table[value]), {}));

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;
export const tokenPart = (token, index) => {
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

const textOf = (value, operation) => {
  if (operation === JSON_TEXT) return JSON.stringify(value);
  if (typeof value === "string") return TEXT[operation](value);
  return typeof value === "number" || typeof value === "boolean" ? TEXT[operation](String(value)) : undefined;
};
export const text = (value, operation) => hold(tried(() => textOf(table[value], operation)));

const PARTS = ["origin", "hostname", "protocol", , "host"];
// Addresses in which the browser changes nothing, up to their path: most, and to read them takes longer than all else.
const PLAIN = /^https?:\/\/[\w.:-]+((\/[\w-][\w.-]*)+\/?(\?[\w.~%&=+,:;@/-]*)?)$/;
const partOf = (value, part) => {
  const plain = part === 3 && PLAIN.exec(value);
  if (plain) return plain[1];
  const url = new URL(value);
  return part === 3 ? url.pathname + url.search + url.hash : url[PARTS[part]];
};
export const url = (value, part) => hold(tried(() => partOf(table[value], part)));

// One SDK object: the module's `Sdk`, what it asks of the page, and what is under way.

import { GetUser, Logout } from "wasm:methods";
import { attach, detach, frozen, isThrownByCore, turn } from "./boundary.js";
import { tellOfUser } from "./changes.js";
import { ParagonError } from "./errors.js";
import { Events, checkHandler, guarded } from "./events.js";
import { Frame } from "./frame.js";
import { forget, load, ready } from "./loader.js";
import { numberOf } from "./methods.js";
import { buildPicker } from "./pickers/build.js";
import { tokensOf } from "./tokens.js";
import { addressWith, arrive, depart } from "./way-back.js";

const CRASHED = {
  name: "InternalError",
  code: "INTERNAL_ERROR",
  message:
    "The SDK met a state that it cannot handle and has restarted itself. Settings and user are kept, what was under way is lost. Repeat the call.",
};

const NOT_READY = {
  name: "NotReadyError",
  code: "NOT_READY",
  message:
    "This browser has not finished compiling WebAssembly. Await authenticate() before calls that answer at once.",
  retryable: true,
};

const DISPOSED = {
  name: "DisposedError",
  code: "DISPOSED",
  message: "This SDK object was disposed of. Make another with createParagon().",
};

const TOO_MANY = {
  name: "InternalError",
  code: "TOO_MANY_OBJECTS",
  message: "There are too many SDK objects in this page. Dispose of some.",
};

// What the last restart was reported with; it may still fly through the turns that were around it.
let crash;

// Features of a popup of this size, or smaller where the screen is, in the middle of this window.
function placed(wantedWidth, wantedHeight) {
  const { screen = {}, screenX = 0, screenY = 0, outerWidth = wantedWidth, outerHeight = wantedHeight } = globalThis;
  const width = Math.min(wantedWidth, screen.availWidth ?? wantedWidth);
  const height = Math.min(wantedHeight, screen.availHeight ?? wantedHeight);
  const left = Math.round(screenX + (outerWidth - width) / 2);
  const top = Math.round(screenY + (outerHeight - height) / 2);
  return `popup,width=${width},height=${height},left=${left},top=${top}`;
}

// A window, or null where the browser (or what a page has put in the place of `open`) gives none.
function opened(url, features) {
  try {
    return globalThis.open(url, "_blank", features);
  } catch {
    return null;
  }
}

const NOBODY = { authenticated: false };

export class Instance {
  events = new Events();
  // All objects share one running module, and its end.
  static #alive = new Set();
  // Number of this page, and of its memory: what must outlive a crash of the module, its settings and its user.
  #place;
  // Without a prototype: a changed one must not say who the user is, or where the platform.
  #memory = { __proto__: null };
  #tokens = tokensOf(this, this.#memory);
  #watchers = new Set();
  // What was told of last.
  #told = {};
  #sdk;
  #disposed = false;
  #calls = new Map();
  #lastCall = 0;
  #timers = new Map();
  #popups = new Map();
  #frame;

  // True once the module has been used; before that there is no user and there are no settings.
  get awake() {
    return this.#place !== undefined;
  }

  // A call that answers at once. `method` is its number.
  now(method, args) {
    if (!this.#wake()) throw new ParagonError(NOT_READY);
    return this.#enter((sdk, hold) => sdk.call(method, 0, hold(args)));
  }

  // A call that answers with a promise. All that it does first, it does in this turn.
  later(method, args) {
    return new Promise((resolve, reject) => {
      const start = () => {
        const call = ++this.#lastCall;
        this.#calls.set(call, { resolve, reject });
        try {
          this.#enter((sdk, hold) => sdk.call(method, call, hold(args)));
        } catch (error) {
          this.#calls.delete(call);
          reject(error);
        }
      };
      try {
        if (this.#wake()) start();
        else ready().then(() => (this.#wake(), start())).catch(reject);
      } catch (error) {
        reject(error);
      }
    });
  }

  signIn(...args) {
    return this.#tokens.signIn(...args);
  }

  subscribe(event, handler) {
    const stop = this.events.subscribe(event, handler);
    if (event === "onTokenExpired") this.#tokens.watch();
    return stop;
  }

  #wake() {
    if (this.#disposed) throw new ParagonError(DISPOSED);
    if (this.#sdk) return true;
    const make = load();
    if (!make) return false;
    this.#place ??= attach(this, this.#memory);
    if (this.#place === undefined) throw new ParagonError(TOO_MANY);
    Instance.#alive.add(this);
    this.#sdk = make(this.#place);
    return true;
  }

  // Calls a function after each turn that has changed what `getUser()` or the catalog say. Stored values are never changed
  // in place, so another object is another state.
  watch(listener) {
    checkHandler(listener, "onStateChange");
    const watcher = { listener };
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  }

  // Runs something in the module. A trap there must not hang anyone; nor must anything else that leaves it other than as
  // an answer, because it may leave core borrowed.
  #enter(run) {
    try {
      const answer = turn((hold) => run(this.#sdk, hold));
      this.#tellChanges();
      return answer;
    } catch (error) {
      if (isThrownByCore(error) || error === crash) throw error;
      crash = new ParagonError({ ...CRASHED, cause: error });
      forget();
      for (const one of Instance.#alive) one.#lose(crash);
      throw crash;
    }
  }

  // Tells what the turn has changed; turns within others have told their part.
  #tellChanges() {
    const { user, catalog, token } = this.#memory;
    const before = this.#told;
    this.#told = { user, catalog, token };
    if (before.token !== token) this.#tokens.changed();
    if (before.user !== user || before.catalog !== catalog) {
      for (const { listener } of [...this.#watchers]) guarded(listener);
    }
    if (before.user === user) return;
    const heard = (event) => this.events.heard(event);
    guarded(tellOfUser, before.user, user, heard, (event, payload) => this.emit(event, payload));
  }

  // The user's state as it is kept: the same object until something changes.
  get snapshot() {
    return frozen(this.#memory.user ?? NOBODY);
  }

  // The module is gone, and what was under way with it. The next call starts anew, with the same memory.
  #lose(failure) {
    for (const id of [...this.#timers.keys()]) this.endWait(id);
    for (const id of [...this.#popups.keys()]) this.closePopup(id);
    this.portal();
    const lost = [...this.#calls.values()];
    this.#calls.clear();
    this.#sdk = undefined;
    for (const { reject } of lost) reject(failure);
  }

  // Ends everything that is under way, and leaves nothing behind.
  dispose() {
    if (this.#disposed) return;
    if (this.#sdk) this.now(Logout, []);
    const sdk = this.#sdk;
    this.#sdk = undefined;
    this.#disposed = true;
    this.#tokens.end();
    this.#lose(new ParagonError(DISPOSED));
    Instance.#alive.delete(this);
    this.events = new Events();
    this.#watchers.clear();
    if (this.#place !== undefined) detach(this.#place);
    // Not within one of its own callbacks, where the module would still be in it.
    if (sdk) setTimeout(() => sdk.free());
  }

  // An input of the page's own making: nobody is there to catch.
  #tell(sdk, run) {
    if (sdk !== this.#sdk || !sdk) return;
    try {
      this.#enter((_, hold) => run(hold));
    } catch (error) {
      console.error(error);
    }
  }

  // From here on: what core asks for (see `src/ffi/page.rs`).

  settle(call, good, value) {
    const waiting = this.#calls.get(call);
    this.#calls.delete(call);
    if (good) waiting?.resolve(value);
    else waiting?.reject(value);
  }

  notify(callback, args) {
    guarded(callback, ...args);
  }

  // What a function of the app answers, or why it did not.
  ask(id, callback, args) {
    const sdk = this.#sdk;
    new Promise((resolve) => resolve(callback(...args)))
      .then((answer) => [200, answer], (error) => [0, error])
      .then(([status, answer]) => this.#tell(sdk, (hold) => sdk.answer(id, status, hold(answer), hold(undefined))));
  }

  emit(event, payload) {
    this.events.emit(event, payload, () => this.now(GetUser, []));
  }

  send(id, url, request) {
    const sdk = this.#sdk;
    this.#tokens.send(url, request).then(([status, answer, requestId, retryAfter = NaN]) =>
      this.#tell(sdk, (hold) => sdk.answer(id, status, hold(answer), hold(requestId), retryAfter)),
    );
  }

  wait(id, ms, signal) {
    const sdk = this.#sdk;
    const ring = () => {
      this.endWait(id);
      this.#tell(sdk, () => sdk.time(id));
    };
    const timer = setTimeout(ring, ms);
    this.#timers.set(id, () => {
      clearTimeout(timer);
      signal?.removeEventListener("abort", ring);
    });
    signal?.addEventListener("abort", ring);
  }

  endWait(id) {
    this.#timers.get(id)?.();
    this.#timers.delete(id);
  }

  // False if the browser blocks it. Only messages of this very window are passed on; whether the page in it may send
  // them, core decides.
  openPopup(id, url, tab) {
    const sdk = this.#sdk;
    // A provider's question fits a small window; the one that begins empty is for a picker of files.
    const popup = opened(url, tab ? "" : url ? placed(600, 720) : placed(1080, 680));
    if (!popup) return false;
    const listener = ({ source, origin, data, ports }) => {
      if (source === popup) this.#tell(sdk, (hold) => sdk.message(id, hold(origin), hold(data), hold(ports[0])));
    };
    this.#popups.set(id, { popup, listener });
    addEventListener("message", listener);
    return true;
  }

  // A window that is gone, or that severed itself from us, cannot be sent anywhere.
  steerPopup(id, url) {
    try {
      this.#popups.get(id)?.popup.location.replace(url);
    } catch {
      // The server's word will have to do.
    }
  }

  closePopup(id) {
    const known = this.#popups.get(id);
    if (!known) return;
    this.#popups.delete(id);
    removeEventListener("message", known.listener);
    known.port?.close();
    known.popup.close();
  }

  // The page itself goes where a popup would, or without an address has come back. As long as it is not seen again as it was
  // left, somebody is at the provider.
  leave(id, url, attempt, install) {
    if (!url) return arrive();
    if (!depart(url, attempt, install)) return false;
    const popup = { closed: false, close: () => (removeEventListener("pageshow", seen), popup.closed || stop()) };
    const seen = ({ persisted }) => (popup.closed ||= persisted);
    this.#popups.set(id, { popup });
    addEventListener("pageshow", seen);
    return true;
  }

  returnAddress(word) {
    return addressWith(word);
  }

  // The popup is still ours: it was opened empty, in this turn.
  postForm(id, url, token) {
    const document = this.#popups.get(id)?.popup.document;
    if (!document) return;
    const form = document.createElement("form");
    const input = document.createElement("input");
    Object.assign(form, { method: "post", action: url });
    Object.assign(input, { type: "hidden", name: "access_token", value: token });
    form.append(input);
    document.body.append(form);
    form.submit();
  }

  listen(id, port) {
    const known = this.#popups.get(id);
    if (!known) return;
    known.port?.close();
    known.port = port;
    port.onmessage = this.#hears(id);
  }

  // What takes the words of a picker.
  #hears(id) {
    const sdk = this.#sdk;
    return ({ data }) => this.#tell(sdk, (hold) => sdk.said(id, hold(data)));
  }

  loadPicker(id, vendor, settings) {
    const sdk = this.#sdk;
    const answer = (status) => (value) => this.#tell(sdk, (hold) => sdk.answer(id, status, hold(value), hold(undefined)));
    buildPicker(vendor, settings).then(answer(200), answer(0));
  }

  // The vendors' code is as foreign as the app's: what it throws ends the picker, and nothing else.
  showPicker(id, { show, hide }) {
    const hear = this.#hears(id);
    const close = () => guarded(hide);
    this.#popups.set(id, { popup: { close } });
    try {
      show((data) => hear({ data }));
      return true;
    } catch (error) {
      console.error(error);
      return false;
    }
  }

  popupClosed(id) {
    return this.#popups.get(id)?.popup.closed ?? true;
  }

  focused() {
    return globalThis.document?.hasFocus?.() ?? true;
  }

  origin() {
    return globalThis.origin;
  }

  drop(call) {
    this.#calls.delete(call);
  }

  // The portal's frame: there with this address, or without one gone.
  portal(url) {
    if (url === undefined) {
      this.#frame?.remove();
      this.#frame = undefined;
    } else if (globalThis.document) {
      const sdk = this.#sdk;
      this.#frame ??= new Frame({
        loaded: () => this.#tell(sdk, () => sdk.frame_loaded()),
        lost: () => this.#tell(sdk, () => sdk.frame_lost()),
        message: (origin, data) => this.#asked(sdk, origin, data),
      });
      this.#frame.open(url);
    }
  }

  // The portal's page calls a method by its public name; the answer goes back to it.
  #asked(sdk, origin, data) {
    const call = ++this.#lastCall;
    this.#calls.set(call, this.#frame.answers(data));
    this.#tell(sdk, (hold) => sdk.frame_message(call, numberOf(data?.type), hold(origin), hold(data)));
  }

  post(message) {
    this.#frame?.post(message);
  }

  style(shown, locked) {
    this.#frame?.style(shown, locked);
  }

  warn(error) {
    console.warn(error);
  }

  callback(method, id) {
    const sdk = this.#sdk;
    return () => this.#tell(sdk, (hold) => sdk.call(method, 0, hold([id])));
  }

  randomId() {
    const crypto = globalThis.crypto;
    if (crypto?.randomUUID) return crypto.randomUUID();
    if (!crypto?.getRandomValues) return undefined;
    // Outside of secure contexts there is no randomUUID; the source is the same.
    const hex = Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte, index) =>
      (index === 6 ? (byte & 15) | 64 : index === 8 ? (byte & 63) | 128 : byte).toString(16).padStart(2, "0"),
    ).join("");
    return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
  }
}

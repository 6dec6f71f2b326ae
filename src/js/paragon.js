// The object that apps call. Importing it does nothing; the first call does.

// First in the file: gzip looks back 32 KB, and core's texts have words in common with the code that follows.
import "wasm:letters";
import "wasm:texts";
import { FlowResume, PickerInit, PickerNew, PickerOpen } from "wasm:methods";
import { Instance } from "./instance.js";
import { AT_ONCE, FLOW_AT_ONCE, FLOW_LATER, LATER } from "./methods.js";
import { run } from "./run.js";
import { departure } from "./way-back.js";

const SHARED = Symbol.for("paragon-connect");

// Two copies of this package in one page are one SDK.
export const shared = () => (globalThis[SHARED] ??= new Instance());

// Ends it; the next call begins anew.
export function endShared() {
  globalThis[SHARED]?.dispose();
  delete globalThis[SHARED];
}

// With or without `new`. What core keeps of a picker is an object of its own, and goes with the picker.
const pickersOf = (instance) =>
  function ExternalFilePicker(type, options) {
    const picker = instance().now(PickerNew, [type, options]);
    return {
      init: (config) => instance().later(PickerInit, [picker, config]),
      open: () => {
        instance().now(PickerOpen, [picker]);
        return picker.open !== undefined;
      },
      getInstance: () => picker.widget?.instance ?? null,
    };
  };

// All methods of an SDK object; `instance` gives what is behind it, and is called only by them.
export function methodsOf(instance) {
  const each = (numbers, make) => Object.fromEntries(Object.entries(numbers).map(([name, number]) => [name, make(number)]));
  const now = (method) => (...args) => instance().now(method, args);
  const later = (method) => (...args) => instance().later(method, args);
  const { getUser, getIntegrationMetadata, ...atOnce } = each(AT_ONCE, now);
  return {
    ...atOnce,
    ...each(LATER, later),
    authenticate: (...args) => instance().signIn(...args),
    // On a server nobody ever authenticates: no need to wake the module for that answer.
    getUser: () => (instance().awake ? getUser() : { authenticated: false }),
    getSnapshot: () => instance().snapshot,
    getIntegrationMetadata: (...args) =>
      instance().awake || args[0] !== undefined ? getIntegrationMetadata(...args) : [],
    subscribe: (event, handler) => instance().subscribe(event, handler),
    unsubscribe: (event, handler) => instance().events.unsubscribe(event, handler),
    onStateChange: (listener) => instance().watch(listener),
    ExternalFilePicker: pickersOf(instance),
    installFlow: {
      ...each(FLOW_AT_ONCE, now),
      ...each(FLOW_LATER, later),
      resume: (type, options) => instance().now(FlowResume, [type, options, departure()]),
      returned: () => departure()?.name,
      run(...args) {
        return run(this, ...args);
      },
    },
  };
}

export const paragon = /* @__PURE__ */ methodsOf(shared);

// A further SDK object, with a user and settings of its own: for several projects in one page.
export function createParagon() {
  const instance = new Instance();
  return { ...methodsOf(() => instance), dispose: () => instance.dispose() };
}

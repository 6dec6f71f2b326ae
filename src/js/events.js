// Subscribers of the SDK's events. The loop over the app's functions is here and not in Rust: crossing the boundary
// for each of them would cost more than the call.

import { ParagonError } from "./errors.js";
import { SDK_EVENT } from "./enums.js";

// Those of the official package, and ours.
const NAMES = [...Object.values(SDK_EVENT), "onAuthChange", "onCredentialStatusChange", "onTokenExpired", "onUserChange"];

const argumentError = (code, message) =>
  new ParagonError({ name: "InvalidArgumentError", code, message });

// Runs a function of the app. What it throws is the app's to see, and nobody else's to suffer from.
export function guarded(handler, ...args) {
  try {
    handler(...args);
  } catch (error) {
    console.error("paragon: a handler of the app threw", error);
  }
}

export function checkHandler(handler, what) {
  if (typeof handler === "function") return;
  throw argumentError("HANDLER_NOT_A_FUNCTION", `The handler for ${what} is not a function. Pass one.`);
}

export class Events {
  #subscribers = new Map(NAMES.map((name) => [name, { order: new Set(), byHandler: new Map() }]));

  #of(name) {
    const subscribers = this.#subscribers.get(name);
    if (subscribers) return subscribers;
    throw argumentError("EVENT_UNKNOWN", `${typeof name === "string" ? name : `A value of type ${typeof name}`} is not an event of the SDK. There are: ${NAMES.join(", ")}.`);
  }

  // A handler that is subscribed twice runs twice.
  subscribe(name, handler) {
    const { order, byHandler } = this.#of(name);
    checkHandler(handler, name);
    const subscription = { handler };
    order.add(subscription);
    const known = byHandler.get(handler);
    if (known) known.push(subscription);
    else byHandler.set(handler, [subscription]);
    return () => this.unsubscribe(name, handler);
  }

  // Removes a handler, however often it was subscribed; true if it was.
  unsubscribe(name, handler) {
    const { order, byHandler } = this.#of(name);
    for (const subscription of byHandler.get(handler) ?? []) order.delete(subscription);
    return byHandler.delete(handler);
  }

  // Does anybody listen?
  heard(name) {
    return this.#of(name).order.size > 0;
  }

  // `user` is asked for only if somebody listens. Who subscribes meanwhile hears of the next event.
  emit(name, payload, user) {
    const { order } = this.#of(name);
    if (order.size === 0) return;
    const state = user();
    for (const { handler } of [...order]) guarded(handler, payload, state);
  }
}

// One project of a running platform.

import { PlatformError } from "./admin.js";

/** How long `journal.wait` waits unless told otherwise, in milliseconds. */
const PATIENCE = 5000;

export class Project {
  #send;

  constructor(admin, { id, address, sandbox, signingKey, apiKey }) {
    Object.assign(this, { id, address, sandbox, signingKey, apiKey });
    this.#send = (method, path, body) => admin.send(method, `/projects/${id}${path}`, body);
    const send = this.#send;

    const change = async (body) => clockState(await send("PATCH", "/clock", body));
    this.clock = {
      read: async () => clockState(await send("GET", "/clock")),
      freeze: (at) => change({ set: time(at), frozen: true }),
      resume: () => change({ frozen: false }),
      set: (at) => change({ set: time(at) }),
      advance: (ms) => change({ advanceMs: ms }),
      reset: () => change({ reset: true }),
    };

    this.faults = {
      add: async ({ effect, ...rule }) => {
        const added = await send("POST", "/faults", { ...rule, effect: typeof effect === "string" ? { kind: effect } : effect });
        return { ...added, remove: () => send("DELETE", `/faults/${added.id}`) };
      },
      list: () => send("GET", "/faults"),
      clear: () => send("DELETE", "/faults"),
    };

    this.journal = {
      find: async (filter = {}) => (await send("POST", "/journal/wait", { filter, count: 0 })).calls,
      wait: (filter = {}, options) => this.#wait(filter, options),
      clear: () => send("DELETE", "/journal"),
    };

    const at = (name, end = "") => `/snapshots/${encodeURIComponent(name)}${end}`;
    this.snapshots = {
      save: (name) => send("PUT", at(name)),
      load: (name) => send("POST", at(name, "/load")),
      list: async () => (await send("GET", "/snapshots")).map(({ name, saved }) => ({ name, saved: new Date(saved) })),
      delete: (name) => send("DELETE", at(name)),
      export: (name) => send("GET", at(name, "/file")),
      import: (name, snapshot) => send("PUT", at(name, "/file"), snapshot),
    };
  }

  /** A user token, as the app's server would sign it. */
  async token(user, { seconds, permissions } = {}) {
    return (await this.#send("POST", "/token", { user, seconds, permissions })).token;
  }

  /** Adds users and connected accounts. */
  async seed(users) {
    return (await this.#send("POST", "/seed", { users })).users;
  }

  /** Back to the snapshot "seed", or to nothing: also the clock; no faults, an empty journal. */
  reset() {
    return this.#send("POST", "/reset");
  }

  /** Throws the project away. */
  delete() {
    return this.#send("DELETE", "");
  }

  async #wait(filter, { count = 1, timeoutMs = PATIENCE } = {}) {
    const { met, calls } = await this.#send("POST", "/journal/wait", { filter, count, timeoutMs });
    if (met) return calls;
    const last = (await this.journal.find({ limit: 10 })).map(({ kind, method, address, status }) => `  ${kind} ${method} ${address} ${status ?? "no answer"}`);
    throw new PlatformError(
      `${calls.length} of ${count} calls like ${JSON.stringify(filter)} came within ${timeoutMs} ms. The last calls were:\n${last.join("\n") || "  none"}`,
      { code: "calls_missing", calls },
    );
  }
}

const time = (at) => (at === undefined ? undefined : new Date(at).toISOString());
const clockState = ({ ms, frozen }) => ({ now: new Date(ms), frozen });

// The user token over its life: asked for at a function of the app, renewed when it is about to end or the platform takes
// it no more, kept in storage if the app wants that. What a token is worth, core decides.

import { Authenticate, Logout, RenewToken } from "wasm:methods";
import { faultNamed, tokenPart } from "./boundary.js";
import { send } from "./send.js";
import { storeOf } from "./token-store.js";

// Milliseconds. So long before its end a token is renewed (or when half of what was left is over); as long may the app's
// function take.
const MINUTE = 60_000;
// How long what one tab has written into storage may take to be seen by the others.
const SPREADING = 500;

// What a function gives that asks the app, or why it gives nothing.
async function asked(source) {
  let timer;
  try {
    const late = new Promise((_, reject) => {
      timer = setTimeout(reject, MINUTE, "It has not answered within a minute.");
    });
    return await Promise.race([source(), late]);
  } catch (cause) {
    throw faultNamed("LOADER_FAILED", ["the user token", cause?.message ?? cause], { cause });
  } finally {
    clearTimeout(timer);
  }
}

// `memory` is the SDK object's: `token`, `user`, and `session`, a number that stays while the user does.
export function tokensOf(sdk, memory) {
  let source;
  let store;
  let renewal;
  let timer;
  let isWatched;
  let lastSignIn;
  // When the token is to be renewed.
  let due;

  const tell = () => sdk.emit("onTokenExpired", { userId: memory.user.userId });

  // One question for all who need a new token. Never rejects.
  const renew = () => {
    const { token, session } = memory;
    const [ask, kept] = [source, store];
    const next = async () => {
      // Another tab may have a new one already.
      const stored = kept?.read();
      if (stored && stored !== token) return stored;
      const fresh = await ask();
      kept?.write(fresh);
      return fresh;
    };
    const locks = kept && globalThis.navigator?.locks;
    // One tab at a time asks. It keeps the others off until they can read what it has written, which they may hear of sooner.
    const inTurn = () =>
      new Promise((resolve, reject) => {
        kept.onChange = resolve;
        locks
          .request(kept.key, async () => {
            resolve(await next());
            await new Promise((done) => setTimeout(done, SPREADING));
          })
          .catch(reject);
      });
    return (renewal ??= asked(locks ? inTurn : next)
      .then((fresh) => session === memory.session && sdk.now(RenewToken, [fresh]))
      .catch((error) => {
        sdk.warn(error);
        if (session === memory.session) tell();
      })
      .then(() => {
        renewal = undefined;
      }));
  };

  const end = () => {
    clearTimeout(timer);
    store?.end();
    store = source = undefined;
  };

  const changed = () => {
    clearTimeout(timer);
    store?.write(memory.token);
    if (!memory.token) return end();
    const left = tokenPart(memory.token, 1).exp * 1000 - Date.now();
    due = Date.now() + Math.max(left / 2, left - MINUTE);
    // Browsers take a longer wait for none.
    if (isWatched && !source && left < 2 ** 31) timer = setTimeout(tell, left);
  };

  return {
    // The token of now is another, or there is none any more.
    changed,
    // Nothing is kept and nobody is told any more.
    end,

    // Somebody wants to hear of the token's end.
    watch() {
      isWatched = true;
      changed();
    },

    // `authenticate(projectId, token, options)`.
    signIn(project, given, options) {
      const signIn = (lastSignIn = {});
      const kind = options?.persist;
      const next = kind && storeOf(kind, project, () => sdk.now(Logout, []));
      const isFunction = typeof given === "function";
      const enter = (token) => sdk.later(Authenticate, [project, token, options]);
      const ask = async () => {
        const { session } = memory;
        const token = await asked(given);
        // Whoever has signed in or out meanwhile, did so later.
        if (signIn !== lastSignIn || session !== memory.session) throw faultNamed("SESSION_REPLACED");
        return enter(token);
      };
      const begin = isFunction ? ask : () => enter(given);
      const stored = typeof given !== "string" && next?.read();
      const entered = stored
        ? enter(stored).catch((error) => {
            // What was kept has ended, or is no token at all.
            if (!/Token|Authenticated/.test(error.name)) throw error;
            return begin();
          })
        : begin();
      return entered.then(
        () => {
          if (store?.key !== next?.key) store?.write();
          end();
          store = next;
          source = isFunction ? given : undefined;
          changed();
        },
        (error) => {
          next?.end();
          throw error;
        },
      );
    },

    // Sends a request of core's. One whose token is not taken is sent once more with the next.
    async send(url, request) {
      const { session } = memory;
      const bearer = () => `Bearer ${memory.token}`;
      const { Authorization } = request.headers;
      // A user who signs in is read with a token of their own.
      if (Authorization !== bearer()) return send(url, request);
      if (source && Date.now() >= due) await renew();
      let used;
      const attempt = () => {
        used = session === memory.session ? bearer() : Authorization;
        return send(url, used === Authorization ? request : { ...request, headers: { ...request.headers, Authorization: used } });
      };
      const answer = await attempt();
      const [status, body] = answer;
      const isRefused = status === 401 || status === 403;
      // Codes of what the user may not do, or has filled in wrong.
      const isAboutCall = body?.meta?.isIntegrationError || /^(7210|7003|0704)$/.test(body?.code);
      if (!isRefused || isAboutCall || request.body?.getReader) return answer;
      // A provider's own refusal looks the same.
      if (source && used === bearer() && !/\/sdk\/(proxy|triggers)\//.test(url)) await renew();
      return used === bearer() || session !== memory.session ? answer : attempt();
    },
  };
}

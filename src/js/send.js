// The one place where requests leave the page.

import { upload, watched } from "./progress.js";

const isStream = (body) => typeof ReadableStream !== "undefined" && body instanceof ReadableStream;

// What goes to `fetch` as it is; everything else is sent as JSON.
const isReady = (body) =>
  typeof body !== "object" ||
  body instanceof FormData ||
  body instanceof Blob ||
  body instanceof URLSearchParams ||
  body instanceof ArrayBuffer ||
  ArrayBuffer.isView(body) ||
  isStream(body);

// Firefox sends no streams, but the words "[object ReadableStream]" in their place. (Where the app's tests bring their own
// `fetch`, there may be no `Request`.)
function sendsText(url) {
  try {
    return new Request(url, { method: "POST", body: new ReadableStream(), duplex: "half" }).headers.has("Content-Type");
  } catch {
    return false;
  }
}

// Bodies that bring a content type of their own, which must not be overwritten (a form's has its boundary in it).
const bringsType = (body) => body instanceof FormData || body instanceof URLSearchParams || (body instanceof Blob && body.type);

function init(url, { method, headers, body }, { headers: extra }, signal) {
  const hasBody = body !== undefined && body !== null;
  const isTyped = hasBody && bringsType(body);
  let all = headers;
  if (extra || isTyped) {
    all = new Headers(headers);
    if (isTyped) all.delete("Content-Type");
    // The app's headers go over ours, but the token is not the app's to change.
    new Headers(extra ?? {}).forEach((value, name) => name !== "authorization" && all.set(name, value));
  }
  const request = { method, headers: all, signal };
  if (hasBody) {
    request.body = isReady(body) ? body : JSON.stringify(body);
    if (isStream(body)) {
      if (sendsText(url)) throw new TypeError("This browser cannot send a stream.");
      request.duplex = "half";
    }
  }
  return request;
}

// What browsers let requests carry beyond the life of their page, all of them together, in bytes.
const QUOTA = 65536;
let outliving = 0;

// What is written without any wishes of the app's, such as the last change of a setting, arrives also if the page goes while
// it is on its way. A letter is three bytes at most. Answers how many bytes it takes of the quota.
function outlive(request, { method, options }) {
  const { body = "" } = request;
  const size = 3 * body.length;
  if (options || method === "GET" || typeof body !== "string" || outliving + size > QUOTA) return 0;
  request.keepalive = true;
  return size;
}

const TEXT_TYPE = /^(text\/|application\/(x-www-form-urlencoded|xml|javascript)|[^;]*\+xml)/i;
const JSON_TYPE = /^[^;]*(\/|\+)json/i;

const READERS = {
  text: (response) => response.text(),
  blob: (response) => response.blob(),
  arrayBuffer: (response) => response.arrayBuffer(),
  stream: (response) => response.body,
  response: (response) => response,
};

// By content type: JSON parsed, text as a string, anything else byte for byte as a Blob. No body: undefined.
async function read(response, responseType) {
  const reader = Object.hasOwn(READERS, responseType ?? "") ? READERS[responseType] : undefined;
  // A refusal is an error, and its body part of it.
  if (reader && response.ok) return reader(response);
  const type = response.headers.get("content-type") ?? "";
  if (!type || JSON_TYPE.test(type)) {
    const text = await response.text();
    if (text === "") return undefined;
    try {
      return JSON.parse(text);
    } catch {
      return text;
    }
  }
  return TEXT_TYPE.test(type) ? response.text() : response.blob();
}

// Milliseconds, of a `Retry-After` in seconds or as a date. What the provider wrote stands in the platform's answer.
function retryAfter(headers, body) {
  const said = headers.get("retry-after") ?? body?.headers?.["retry-after"];
  if (!said) return NaN;
  const seconds = Number(said);
  return Math.max(0, Number.isNaN(seconds) ? Date.parse(said) - Date.now() : seconds * 1000);
}

// An AbortSignal that follows the app's, and a limit of so many milliseconds; `end` stops the limit.
function limited(signal, timeout) {
  const control = new AbortController();
  const follow = () => control.abort(signal.reason);
  if (signal?.aborted) follow();
  signal?.addEventListener("abort", follow);
  const timer = setTimeout(() => control.abort(new DOMException("The time for this request is over.", "TimeoutError")), timeout);
  return {
    signal: control.signal,
    // A body that the app reads by itself can still be aborted by its signal.
    end(isRead) {
      clearTimeout(timer);
      if (isRead) signal?.removeEventListener("abort", follow);
    },
  };
}

// A stream tells by itself how much of it was taken; nothing else can send it.
const isWatched = ({ body }, { onUploadProgress }) =>
  typeof onUploadProgress === "function" && typeof body?.getReader !== "function";

// Whether the browser refuses to send this at all, so that nothing of it has left the page. A stream may be used up by now;
// what matters is that there was a body. (Where the app's tests bring their own `fetch`, there may be no `Request`.)
function isUnsendable(url, { signal, body, ...others }) {
  try {
    return !new Request(url, { ...others, body: isStream(body) ? "" : body });
  } catch (error) {
    return !(error instanceof ReferenceError);
  }
}

// Resolves to [status, body], and for a refusal also [request id, milliseconds to wait before asking again]; see `Answer` in
// `src/core/effect.rs` for the statuses 0 to 3 (no answer). Never rejects.
export async function send(url, request) {
  const { options = {}, timeout } = request;
  let app;
  let limit;
  let prepared;
  let taken = 0;
  let start;
  try {
    app = options.signal ?? undefined;
    limit = timeout ? limited(app, timeout) : undefined;
    prepared = init(url, request, options, limit?.signal ?? app);
    const size = outlive(prepared, request);
    start = isWatched(prepared, options)
      ? () => upload(url, prepared, options.onUploadProgress)
      : () => fetch(url, prepared);
    outliving += taken = size;
  } catch (error) {
    limit?.end(true);
    return [1, error];
  }
  try {
    let response = await start();
    if (typeof options.onDownloadProgress === "function") response = watched(response, options.onDownloadProgress);
    const body = await read(response, options.responseType);
    const { status, headers } = response;
    return response.ok ? [status, body] : [status, body, headers.get("x-request-id") ?? undefined, retryAfter(headers, body)];
  } catch (error) {
    // The app gets what aborting gives with every `fetch`: an AbortError, a TimeoutError, or its own reason.
    if (app?.aborted && error instanceof Error) return [2, error];
    if (limit?.signal.aborted) return [3, error];
    if (isUnsendable(url, prepared)) return [1, error];
    // `fetch` may reject with anything, undefined included.
    return [0, error instanceof Error || error instanceof DOMException ? error : new Error(String(error))];
  } finally {
    outliving -= taken;
    limit?.end(!["stream", "response"].includes(options.responseType));
  }
}

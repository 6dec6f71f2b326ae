// The one place where requests leave the page.

// What goes to `fetch` as it is; everything else is sent as JSON.
const isReady = (body) =>
  typeof body !== "object" ||
  body instanceof FormData ||
  body instanceof Blob ||
  body instanceof URLSearchParams ||
  body instanceof ArrayBuffer ||
  ArrayBuffer.isView(body) ||
  (typeof ReadableStream !== "undefined" && body instanceof ReadableStream);

// Bodies that bring a content type of their own, which must not be overwritten (a form's has its boundary in it).
const bringsType = (body) => body instanceof FormData || body instanceof URLSearchParams || (body instanceof Blob && body.type);

function init({ method, headers, extra, body, signal }) {
  const all = new Headers(headers);
  if (body !== undefined && body !== null && bringsType(body)) all.delete("Content-Type");
  // The app's headers go over ours, but the token is not the app's to change.
  new Headers(extra ?? {}).forEach((value, name) => name !== "authorization" && all.set(name, value));
  const request = { method, headers: all, signal };
  if (body !== undefined && body !== null) {
    request.body = isReady(body) ? body : JSON.stringify(body);
    if (typeof ReadableStream !== "undefined" && body instanceof ReadableStream) request.duplex = "half";
  }
  return request;
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

// Resolves to [status, body, request id]; status 0 with what went wrong if there is no (whole) answer,
// 1 if the browser would not even send it, 2 if the app's signal ended it. Never rejects.
export async function send(url, request) {
  let prepared;
  try {
    prepared = new Request(url, init(request));
  } catch (error) {
    return [1, error, undefined];
  }
  try {
    const response = await fetch(prepared);
    return [response.status, await read(response, request.responseType), response.headers.get("x-request-id") ?? undefined];
  } catch (error) {
    // The app gets what aborting gives with every `fetch`: an AbortError, a TimeoutError, or its own reason.
    if (request.signal?.aborted && error instanceof Error) return [2, error, undefined];
    // `fetch` may reject with anything, undefined included.
    return [0, error instanceof Error || error instanceof DOMException ? error : new Error(String(error)), undefined];
  }
}

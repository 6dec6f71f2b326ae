// What apps see of a transfer under way. Both functions cost nothing to requests that nobody watches.

import { guarded } from "./events.js";

// The same response, telling how much of its body has come: {loaded, total} in bytes, `total` only if the server says so.
export function watched(response, tell) {
  if (!response.body) return response;
  const said = response.headers.get("content-encoding") ? null : response.headers.get("content-length");
  const total = said ? Number(said) : undefined;
  let loaded = 0;
  const counter = new TransformStream({
    transform(chunk, out) {
      loaded += chunk.byteLength;
      guarded(tell, { loaded, total });
      out.enqueue(chunk);
    },
  });
  return new Response(response.body.pipeThrough(counter), response);
}

const headersOf = (text) => {
  const lines = text.trim().split(/\r\n/).map((line) => line.split(/: ?(.*)/s, 2));
  return new Headers(lines.filter(([name]) => name));
};

// What `fetch` does, telling how much of the body has left. Only XMLHttpRequest knows that.
export function upload(url, { method, headers, body, signal }, tell) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const abort = () => {
      reject(signal.reason);
      request.abort();
    };
    if (signal?.aborted) return abort();
    request.open(method, url);
    request.responseType = "blob";
    new Headers(headers).forEach((value, name) => request.setRequestHeader(name, value));
    request.upload.onprogress = ({ loaded, total, lengthComputable }) =>
      guarded(tell, { loaded, total: lengthComputable ? total : undefined });
    request.onload = () => {
      const { status, response } = request;
      const hasBody = ![204, 205, 304].includes(status);
      resolve(new Response(hasBody ? response : null, { status, headers: headersOf(request.getAllResponseHeaders()) }));
    };
    request.onerror = () => reject(new TypeError("The upload failed."));
    request.onloadend = () => signal?.removeEventListener("abort", abort);
    signal?.addEventListener("abort", abort);
    request.send(body ?? null);
  });
}

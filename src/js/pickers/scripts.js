// The vendors' scripts and stylesheets: each once for a document, however many ask. One that failed is asked for anew.

export const GOOGLE = "https://apis.google.com/js/api.js";
export const BOX = "https://cdn01.boxcdn.net/platform/elements/21.0.0/en-US/picker";

// Documents, and the promises for what is in them by address.
const documents = new WeakMap();
let policy;

// For pages with `require-trusted-types-for 'script'`: these two scripts and an empty page, and nothing else.
function trusted(kind, value) {
  const { trustedTypes } = globalThis;
  if (!trustedTypes) return value;
  policy ??= trustedTypes.createPolicy("paragon-connect", {
    createScriptURL: (url) => (url === GOOGLE || url === `${BOX}.js` ? url : ""),
    createHTML: () => EMPTY_PAGE,
  });
  return policy[kind](value);
}

const EMPTY_PAGE = "<!doctype html>";
export const emptyPage = () => trusted("createHTML", EMPTY_PAGE);

const add = (document, url, nonce, isThere) =>
  new Promise((resolve, reject) => {
    const isScript = url.endsWith(".js");
    const element = document.createElement(isScript ? "script" : "link");
    const fail = () => {
      element.remove();
      reject(new Error(`${url} did not load.`));
    };
    element.onload = () => (isThere() ? resolve() : fail());
    element.onerror = fail;
    // The page's own scripts show which nonce its policy wants; they hide it from selectors, not from scripts.
    element.nonce = nonce ?? globalThis.document.querySelector("script[nonce]")?.nonce ?? "";
    if (isScript) element.src = trusted("createScriptURL", url);
    else Object.assign(element, { rel: "stylesheet", href: url });
    document.head.append(element);
  });

// `isThere` tells whether the script has done what it is for; then the page may also have it from elsewhere.
export function load(document, url, nonce, isThere = () => true) {
  if (!documents.has(document)) documents.set(document, new Map());
  const known = documents.get(document);
  if (!known.has(url)) {
    const loading = add(document, url, nonce, isThere);
    known.set(url, loading);
    loading.catch(() => known.delete(url));
  }
  return known.get(url);
}

// OAuth in the page itself, which leaves for the provider and comes back. What it has to know then lies in this tab's storage.
// A random word is in it and in the address: only the tab that has left takes up what it left for, and only where it came
// back for that. Neither is a secret: how the attempt ended, the platform tells its user alone.

const NAME = "paragon-return";

const PATTERN = /([?&])paragon-return=[^&]*(&?)/;

const searchWithout = () => location.search.replace(PATTERN, (_, before, after) => (after ? before : ""));

const withSearch = (search) => Object.assign(new URL(location.href), { search }).href;

// The page's own address with the word in it; undefined where there is no page.
export function addressWith(word) {
  if (!globalThis.location) return undefined;
  const search = searchWithout();
  return withSearch(`${search}${search ? "&" : "?"}${NAME}=${word}`);
}

// False if the page cannot go: it is in a frame, which providers refuse, or it could not keep the record.
export function depart(url, { key, word }, { name, installOptions, accountType }) {
  try {
    if (top !== self) return false;
    sessionStorage.setItem(NAME, JSON.stringify({ key, word, name, installOptions, accountType: accountType?.id }));
    location.assign(url);
    return true;
  } catch {
    return false;
  }
}

// The record, if this page is where it leads back to.
export function departure() {
  try {
    const record = JSON.parse(sessionStorage.getItem(NAME));
    return record?.word === new URLSearchParams(location.search).get(NAME) ? record : undefined;
  } catch {
    return undefined;
  }
}

// It is taken up once: a page that is loaded again has an address without the word.
export function arrive() {
  sessionStorage.removeItem(NAME);
  history.replaceState(history.state, "", withSearch(searchWithout()));
  return true;
}

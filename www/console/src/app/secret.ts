// This run's secret, which the admin API asks for. It comes behind the `#` of the address that the platform prints, or is typed
// in. It stays in this tab: in memory, and in sessionStorage so that a reload does not ask again.

const KEY = "console.secret";
const MARK = "#secret=";

/** The secret of the address or of this tab. The address forgets it at once: it shall not be copied along with the page. */
export function findSecret(): string | null {
  const { hash, pathname, search } = window.location;
  if (hash.startsWith(MARK)) {
    window.history.replaceState(null, "", pathname + search);
    return decodeURIComponent(hash.slice(MARK.length));
  }
  return sessionStorage.getItem(KEY);
}

/** Tells of a new address that was opened in this tab, whose path is the same. */
export function onNewSecret(tell: (secret: string) => void): () => void {
  const listen = () => {
    const secret = window.location.hash.startsWith(MARK) ? findSecret() : null;
    if (secret !== null) tell(secret);
  };
  window.addEventListener("hashchange", listen);
  return () => window.removeEventListener("hashchange", listen);
}

/** Keeps a secret that the platform has taken. */
export const keepSecret = (secret: string): void => sessionStorage.setItem(KEY, secret);

/** Forgets one that it refuses: the platform was started anew. */
export const forgetSecret = (): void => sessionStorage.removeItem(KEY);

// The user token in the browser's storage, for apps that ask for it. Nothing else is kept there: who the user is, the
// platform says, and where the platform is, the app. What is read back is a token like any other, to be judged anew.

// `kind`: `session` or `local`. `left` is called when another tab has taken the token out.
export function storeOf(kind, project, left) {
  const key = `paragon-connect:${project}`;
  // Storage may be denied, or full: then there is none.
  const tried = (run) => {
    try {
      return run(globalThis[`${kind}Storage`]);
    } catch {
      return undefined;
    }
  };
  const hear = ({ key: changed, newValue }) => {
    if (changed !== key) return;
    if (newValue) store.onChange?.(newValue);
    else left();
  };
  globalThis.addEventListener?.("storage", hear);
  const store = {
    key,
    // Called with what another tab has written.
    onChange: undefined,
    read: () => tried((storage) => storage.getItem(key)),
    write: (token) => tried((storage) => (token ? storage.setItem(key, token) : storage.removeItem(key))),
    end: () => globalThis.removeEventListener?.("storage", hear),
  };
  return store;
}

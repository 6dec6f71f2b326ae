// Whether the browser has a connection.
import { useSyncStore } from "../compat.js";

function watch(onChange: () => void): () => void {
  window.addEventListener("online", onChange);
  window.addEventListener("offline", onChange);
  return () => {
    window.removeEventListener("online", onChange);
    window.removeEventListener("offline", onChange);
  };
}

export const useOnline = (): boolean => useSyncStore(watch, () => navigator.onLine !== false, () => true);

// Where in the app we are: `#/` is the catalog, `#/<type>` an integration.
import { useSyncExternalStore } from "react";

export type Route = { page: "catalog" } | { page: "integration"; type: string };

export const catalogHref = "#/";
export const integrationHref = (type: string) => `#/${encodeURIComponent(type)}`;

export function useRoute(): Route {
  const hash = useSyncExternalStore(subscribe, () => window.location.hash);
  const type = decode(/^#\/(.+)/.exec(hash)?.[1] ?? "");
  return type ? { page: "integration", type } : { page: "catalog" };
}

function subscribe(listener: () => void): () => void {
  window.addEventListener("hashchange", listener);
  return () => window.removeEventListener("hashchange", listener);
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

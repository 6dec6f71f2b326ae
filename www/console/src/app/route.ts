// Where in the console we are: `/console/<project>/<view>/<id>?<filters>`.
import { useSyncExternalStore } from "react";

export const VIEWS = ["overview", "calls", "runs", "users", "faults", "clock", "snapshots", "project"] as const;
export type View = (typeof VIEWS)[number];
export type Route = { project: string; view: View; id: string | null; query: URLSearchParams };

const MOVED = "console-moved";

export function useRoute(): Route {
  const address = useSyncExternalStore(subscribe, () => window.location.pathname + window.location.search);
  return parse(address);
}

/** The address of a view; `query` leaves out what is empty. */
export function href(project: string, view: View, id?: string | number | null, query: Record<string, string> = {}): string {
  const filled = Object.entries(query).filter(([, value]) => value !== "");
  const search = filled.length ? `?${new URLSearchParams(filled)}` : "";
  return `/console/${encodeURIComponent(project)}/${view}${id === undefined || id === null ? "" : `/${encodeURIComponent(id)}`}${search}`;
}

/** Goes there without loading the page anew; `replace` leaves no entry in the history. */
export function go(address: string, { replace = false } = {}): void {
  if (replace) window.history.replaceState(null, "", address);
  else window.history.pushState(null, "", address);
  window.dispatchEvent(new Event(MOVED));
}

function parse(address: string): Route {
  const { pathname, searchParams } = new URL(address, window.location.origin);
  const [, , project, view, id] = pathname.split("/").map(decode);
  return {
    project: project || "default",
    view: VIEWS.find((each) => each === view) ?? "overview",
    id: id || null,
    query: searchParams,
  };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function subscribe(listener: () => void): () => void {
  window.addEventListener("popstate", listener);
  window.addEventListener(MOVED, listener);
  return () => {
    window.removeEventListener("popstate", listener);
    window.removeEventListener(MOVED, listener);
  };
}

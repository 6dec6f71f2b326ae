// What all parts of the console share: the project that is shown, its stream, and how it is asked.
import { createContext, useContext, useEffect, useRef, useState, useSyncExternalStore } from "react";
import { AdminError, type Admin } from "./admin";
import type { Live, Stream } from "./live";

type Shared = { admin: Admin; stream: Stream };

export const ConsoleContext = createContext<Shared | null>(null);

function useShared(): Shared {
  const shared = useContext(ConsoleContext);
  if (!shared) throw new Error("no ConsoleContext around");
  return shared;
}

export const useAdmin = (): Admin => useShared().admin;

/** A part of what the stream tells; renders again only if that part is another one. */
export function useLive<Part>(pick: (live: Live) => Part): Part {
  const { stream } = useShared();
  return useSyncExternalStore(stream.subscribe, () => pick(stream.read()));
}

export type Asked<Answer> = { answer: Answer | undefined; error: AdminError | undefined; again: () => void };

/** Milliseconds between two looks at what changes all the time. */
const PAUSE = 500;

/**
 * The answer of a `GET`, asked for anew when the path changes, and when `version` does; then the last answer stays until the
 * new one is there.
 */
export function useAsked<Answer>(path: string | null, version: unknown = 0): Asked<Answer> {
  const admin = useAdmin();
  const [state, setState] = useState<{ path: string | null; answer?: Answer; error?: AdminError }>({ path });
  const wanted = useRef(version);
  const again = useRef(() => {});

  useEffect(() => {
    if (path === null) return;
    const end = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    let asked: { version: unknown; at: number } | undefined;
    let isBusy = false;
    const ask = async () => {
      timer = undefined;
      isBusy = true;
      asked = { version: wanted.current, at: Date.now() };
      try {
        const answer = await admin.ask<Answer>(path, { signal: end.signal });
        setState({ path, answer });
      } catch (thrown) {
        if (!end.signal.aborted) setState({ path, error: toAdminError(thrown) });
      }
      isBusy = false;
      if (!end.signal.aborted && asked.version !== wanted.current) later();
    };
    // One question at a time: what changes all the time is looked at now and then, and in the end as it is.
    const later = () => {
      if (isBusy || timer !== undefined) return;
      timer = setTimeout(() => void ask(), Math.max((asked?.at ?? 0) + PAUSE - Date.now(), 0));
    };
    again.current = () => {
      if (asked) asked.version = Symbol("stale");
      later();
    };
    void ask();
    return () => {
      end.abort();
      clearTimeout(timer);
    };
  }, [admin, path]);

  useEffect(() => {
    if (wanted.current === version) return;
    wanted.current = version;
    again.current();
  }, [version]);

  const isCurrent = state.path === path;
  return {
    answer: isCurrent ? state.answer : undefined,
    error: isCurrent ? state.error : undefined,
    again: () => again.current(),
  };
}

export type Doing = { busy: boolean; error: AdminError | null; run: (work: () => Promise<unknown>) => Promise<boolean>; dismiss: () => void };

/** Something that a press does: one at a time; what went wrong is told. */
export function useDoing(): Doing {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<AdminError | null>(null);
  return {
    busy,
    error,
    dismiss: () => setError(null),
    run: async (work) => {
      setBusy(true);
      setError(null);
      try {
        await work();
        return true;
      } catch (thrown) {
        setError(toAdminError(thrown));
        return false;
      } finally {
        setBusy(false);
      }
    },
  };
}

export function toAdminError(thrown: unknown): AdminError {
  return thrown instanceof AdminError ? thrown : new AdminError(thrown instanceof Error ? thrown.message : String(thrown), "unknown");
}

// Hooks that React has only since version 18, for version 17 as well.
import * as React from "react";

type Subscribe = (onChange: () => void) => () => void;
type SyncStore = <T>(subscribe: Subscribe, read: () => T, readOnServer?: () => T) => T;

// By a name that bundlers cannot see: they would complain about an export that version 17 does not have.
const given = <Hook>(name: string) => (React as unknown as Record<string, Hook | undefined>)[name];

/** `useSyncExternalStore`. Version 17 renders in one go, so reading in the render and again in an effect is the same. */
export const useSyncStore: SyncStore =
  given<SyncStore>("useSyncExternalStore") ??
  ((subscribe, read) => {
    const [, renew] = React.useReducer((count: number) => count + 1, 0);
    const value = read();
    React.useEffect(() => {
      if (!Object.is(read(), value)) renew();
      return subscribe(renew);
    }, [subscribe]);
    return value;
  });

let made = 0;

/** An id for an element of this component. */
export const useElementId: () => string =
  given<() => string>("useId") ??
  (() => React.useState(() => `pc-${++made}`)[0]);

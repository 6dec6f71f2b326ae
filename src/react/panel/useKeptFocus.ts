// Keeps the focus in the panel when what had it is gone, such as the account that was just disconnected.
import { useEffect, useRef, type RefObject } from "react";

/** The element takes the focus if fewer things are there than before, and the focus went with one. */
export function useKeptFocus<Element extends HTMLElement>(count: number): RefObject<Element | null> {
  const ref = useRef<Element>(null);
  const before = useRef(count);
  useEffect(() => {
    const isLess = count < before.current;
    before.current = count;
    if (!isLess) return;
    // The dialog that asked gives the focus back in a frame of its own; only then is it known to be lost.
    let frame = requestAnimationFrame(() => {
      frame = requestAnimationFrame(() => {
        if (document.activeElement === document.body) ref.current?.focus();
      });
    });
    return () => cancelAnimationFrame(frame);
  }, [count]);
  return ref;
}

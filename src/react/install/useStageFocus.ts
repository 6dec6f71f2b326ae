// A new stage takes the focus: its first field, else its main button, else the stage itself. "idle" is none.
import { useEffect, useRef, type RefObject } from "react";

const FIRST = "input:not([type=hidden]):not([tabindex='-1']), textarea, .pc-select-button, .pc-button-primary";

export function useStageFocus<Element extends HTMLElement>(stageName: string): RefObject<Element | null> {
  const ref = useRef<Element>(null);
  useEffect(() => {
    if (stageName === "idle") return;
    const stage = ref.current;
    const target = stage?.querySelector<HTMLElement>(FIRST) ?? stage;
    target?.focus();
  }, [stageName]);
  return ref;
}

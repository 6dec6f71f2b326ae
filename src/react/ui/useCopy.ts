// Copies text and remembers for a moment that it did.
import { useEffect, useRef, useState } from "react";

/** Milliseconds that "Copied" is shown. */
const SHOWN = 1600;

export function useCopy(): [boolean, (text: string) => void] {
  const [copied, setCopied] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const stop = () => clearTimeout(timer.current);
  useEffect(() => stop, []);
  return [
    copied,
    (text) => {
      copyText(text).then(() => {
        setCopied(true);
        stop();
        timer.current = setTimeout(() => setCopied(false), SHOWN);
      }, () => setCopied(false));
    },
  ];
}

/** In a frame or outside of secure contexts the clipboard may be refused: then by hand, from a field of its own. */
async function copyText(text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const before = document.activeElement;
    const field = document.createElement("textarea");
    field.value = text;
    field.readOnly = true;
    field.className = "pc-offscreen";
    (before?.parentElement ?? document.body).append(field);
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    if (before instanceof HTMLElement) before.focus();
    if (!done) throw new Error("The browser does not allow copying here.");
  }
}

// Writes down in whose turn the module is compiled and windows are opened, and what the page's policy did not like. It has to
// be imported first.

export type Seen = {
  /** The event in whose turn the module was compiled, at once; "none" outside of any. */
  compiled: string[];
  /** The last time, the page's policy has forbidden it. */
  isRefused: boolean;
  /** The same of windows that were opened, with whether the browser allowed it. */
  opened: { during: string; isOpen: boolean }[];
  violations: string[];
};

declare global {
  interface Window {
    watched: Seen;
  }
}

export const seen: Seen = { compiled: [], isRefused: false, opened: [], violations: [] };
const during = () => window.event?.type ?? "none";

WebAssembly.Module = new Proxy(WebAssembly.Module, {
  construct(target, args) {
    seen.compiled.push(during());
    seen.isRefused = true;
    const module = Reflect.construct(target, args);
    seen.isRefused = false;
    return module;
  },
});

window.open = new Proxy(window.open, {
  apply(target, self, args) {
    const turn = during();
    const opened: Window | null = Reflect.apply(target, self, args);
    seen.opened.push({ during: turn, isOpen: opened !== null });
    return opened;
  },
});

addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI }) => seen.violations.push(`${violatedDirective} ${blockedURI}`));

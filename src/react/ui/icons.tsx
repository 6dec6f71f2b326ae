// The few icons of the components: lines on a grid of 24.
import type { ReactElement } from "react";

const PATHS = {
  check: "m5 12.5 4.5 4.5L19 7.5",
  chevron: "m7 10 5 5 5-5",
  circleCheck: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18Zm-4-9 3 3 5-6",
  clock: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18Zm0-14v5l3 2",
  close: "m7 7 10 10M17 7 7 17",
  copy: "M9 9h10v11H9zM5 15V4h10",
  external: "M14 5h5v5m0-5-8 8M18 14v5H5V6h5",
  file: "M13 3H6v18h12V8Zm0 0v5h5",
  lock: "M6 11h12v9H6zm2 0V8a4 4 0 0 1 8 0v3",
  offline: "m4 4 16 16M8.5 16.5a5 5 0 0 1 7 0M5 13a10 10 0 0 1 4-2.4m6 .1a10 10 0 0 1 4 2.3M2 9.5a15 15 0 0 1 4.5-2.8m5-1a15 15 0 0 1 10.5 3.8M12 20v.01",
  plug: "M9 3v5m6-5v5M6 8h12v3a6 6 0 0 1-12 0zm6 9v4",
  plus: "M12 5v14M5 12h14",
  search: "M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14Zm5-2 4.5 4.5",
  slash: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18ZM6 6l12 12",
  trash: "M4 7h16M9 7V4h6v3M6 7l1 13h10l1-13",
  warning: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18Zm0-13v5m0 3v.01",
  window: "M4 5h16v14H4zm0 4h16",
};

export type IconName = keyof typeof PATHS;

export function Icon({ name, className = "" }: { name: IconName; className?: string }): ReactElement {
  return (
    <svg className={`pc-icon ${className}`} viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} />
    </svg>
  );
}

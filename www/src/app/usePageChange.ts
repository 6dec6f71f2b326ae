// A new page begins at its top and takes the focus, as a page load would.
import { useEffect, useRef } from "react";
import { MAIN_ID } from "../components/layout/SkipLink";

export function usePageChange(page: string): void {
  const before = useRef(page);
  useEffect(() => {
    if (before.current === page) return;
    before.current = page;
    window.scrollTo(0, 0);
    document.getElementById(MAIN_ID)?.focus({ preventScroll: true });
  }, [page]);
}

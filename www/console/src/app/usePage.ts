// The tab's title; and a new page begins at its top and takes the focus, as a page load would.
import { useEffect } from "react";
import { usePageChange } from "../../../src/app/usePageChange";

export function usePage(title: string, page: string): void {
  usePageChange(page);
  useEffect(() => {
    document.title = `${title} · Console`;
  }, [title]);
}

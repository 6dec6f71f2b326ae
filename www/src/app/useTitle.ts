// The title of the browser's tab.
import { useEffect } from "react";

export function useTitle(page: string): void {
  useEffect(() => {
    document.title = `${page} · Connect Demo`;
  }, [page]);
}

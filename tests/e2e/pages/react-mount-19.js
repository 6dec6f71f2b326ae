// React 18 and later.
import { createRoot, hydrateRoot } from "react-dom/client";

export function mount(element, place) {
  const root = createRoot(place);
  root.render(element);
  return () => root.unmount();
}

export function takeOver(element, place) {
  const root = hydrateRoot(place, element);
  return () => root.unmount();
}

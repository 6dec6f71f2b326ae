// React 18 and later.
import { createRoot } from "react-dom/client";

export function mount(element, place) {
  const root = createRoot(place);
  root.render(element);
  return () => root.unmount();
}

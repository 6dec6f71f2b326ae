// React 17.
import { hydrate, render, unmountComponentAtNode } from "react-dom";

export function mount(element, root) {
  render(element, root);
  return () => unmountComponentAtNode(root);
}

export function takeOver(element, root) {
  hydrate(element, root);
  return () => unmountComponentAtNode(root);
}

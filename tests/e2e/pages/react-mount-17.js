// React 17.
import { render, unmountComponentAtNode } from "react-dom";

export function mount(element, root) {
  render(element, root);
  return () => unmountComponentAtNode(root);
}

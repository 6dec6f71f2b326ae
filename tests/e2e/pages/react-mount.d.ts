// How a tree is put on the page, which differs between React 17 and 18.
declare module "react-mount" {
  import type { ReactElement } from "react";
  export function mount(element: ReactElement, root: Element): () => void;
  /** What a server has rendered there becomes the tree's. */
  export function takeOver(element: ReactElement, root: Element): () => void;
}

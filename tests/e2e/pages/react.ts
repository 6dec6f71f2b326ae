// An app's page with nothing but panels of paragon-connect/react, in StrictMode: with React 19, and the same with React 17.
import { paragon } from "paragon-connect";
import { bundles, IntegrationPanel, ParagonProvider, type Texts } from "paragon-connect/react";
import { createElement, StrictMode } from "react";
import { mount } from "react-mount";
import { expose } from "./recorder.ts";

expose(paragon);

/** Every text in brackets and longer, as a language that nobody has written. */
const pseudo = Object.fromEntries(Object.entries(bundles["en"]!).map(([key, text]) => [key, `[${text}~~]`])) as Texts;

window.show = (type, { locale, isPseudo } = {}) => {
  const panel = createElement(IntegrationPanel, { type });
  const page = createElement(ParagonProvider, { locale, texts: isPseudo ? pseudo : undefined }, panel);
  return mount(createElement(StrictMode, null, page), document.querySelector("#root")!);
};

declare global {
  interface Window {
    /** Shows a panel; what it gives takes the panel away. */
    show: (type: string, options?: { locale?: string; isPseudo?: boolean }) => () => void;
    hide?: () => void;
  }
}

// An app's page with nothing but panels of paragon-connect/react, in StrictMode: with React 19, and the same with React 18 and 17.
import { paragon } from "paragon-connect";
import { bundles, IntegrationPanel, ParagonProvider, type Texts } from "paragon-connect/react";
import { createElement, StrictMode, version } from "react";
import { mount, takeOver } from "react-mount";
import { expose } from "./recorder.ts";

expose(paragon);

/** Every text in brackets and longer, as a language that nobody has written. */
const pseudo = Object.fromEntries(Object.entries(bundles["en"]!).map(([key, text]) => [key, `[${text}~~]`])) as Texts;

window.reactVersion = version;
window.show = (type, { locale, isPseudo, isFromServer } = {}) => {
  const panel = createElement(IntegrationPanel, { type });
  const page = createElement(ParagonProvider, { locale, texts: isPseudo ? pseudo : undefined }, panel);
  return (isFromServer ? takeOver : mount)(createElement(StrictMode, null, page), document.querySelector("#root")!);
};

declare global {
  interface Window {
    /** Shows a panel, in the place of one that a server has rendered if so; what it gives takes the panel away. */
    show: (type: string, options?: { locale?: string; isPseudo?: boolean; isFromServer?: boolean }) => () => void;
    reactVersion: string;
    hide?: () => void;
  }
}

// `paragon-connect/element`: <paragon-connect integration="slack">, a panel for pages without a framework. It brings its own
// React; the SDK is the page's. The look follows the page, as that of the components does.
import { createElement } from "react";
import { createRoot, type Root } from "react-dom/client";
import { I18nProvider } from "react-aria-components";
import styles from "./styles/index.css";
import { ParagonProvider } from "./context.js";
import { IntegrationPanel, type PanelView } from "./panel/IntegrationPanel.js";
import type { ParagonLike } from "./store.js";
import { languageTag } from "./texts/language.js";
import { accentStyle } from "./theme.js";

const PRESSABLE = "react-aria-pressable-style";
const sheets = new WeakSet<Document>();

/** Styles without a style element, which strict policies refuse; React Aria would add one of its own as well. */
function dress(page: Document): void {
  if (sheets.has(page)) return;
  sheets.add(page);
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(styles);
  page.adoptedStyleSheets = [...page.adoptedStyleSheets, sheet];
  if (page.getElementById(PRESSABLE)) return;
  const placeholder = page.createElement("meta");
  placeholder.id = PRESSABLE;
  page.head.append(placeholder);
}

function define(): void {
  class ParagonConnectElement extends HTMLElement {
    static observedAttributes = ["integration", "lang", "view", "accent"];
    #root: Root | undefined;
    #paragon: ParagonLike | undefined;

    /** The SDK object, if it is not the shared one. */
    get paragon(): ParagonLike | undefined {
      return this.#paragon;
    }

    set paragon(paragon: ParagonLike | undefined) {
      this.#paragon = paragon;
      this.#render();
    }

    connectedCallback(): void {
      dress(this.ownerDocument);
      this.#root ??= createRoot(this);
      this.#render();
    }

    disconnectedCallback(): void {
      // An element that is only moved is back by then.
      queueMicrotask(() => {
        if (this.isConnected) return;
        this.#root?.unmount();
        this.#root = undefined;
      });
    }

    attributeChangedCallback(): void {
      this.#render();
    }

    #render(): void {
      const locale = this.getAttribute("lang") ?? undefined;
      const accent = this.getAttribute("accent") ?? undefined;
      // Lists and dialogs stand outside of the element.
      for (const [name, value] of Object.entries(accentStyle(accent))) this.ownerDocument.documentElement.style.setProperty(name, value);
      const tell = (name: string, detail: unknown) => this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true }));
      const panel = createElement(IntegrationPanel, {
        type: this.getAttribute("integration") ?? "",
        view: (this.getAttribute("view") as PanelView | null) ?? undefined,
        handlers: {
          onComplete: (event) => tell("paragon-install", event),
          onError: (error) => tell("paragon-error", error),
        },
      });
      const provided = createElement(ParagonProvider, { paragon: this.#paragon, locale }, panel);
      this.#root?.render(locale ? createElement(I18nProvider, { locale: languageTag(locale), children: provided }) : provided);
    }
  }
  customElements.define("paragon-connect", ParagonConnectElement);
}

// Inert on a server, and where two copies are in one page.
if (typeof customElements !== "undefined" && !customElements.get("paragon-connect")) define();

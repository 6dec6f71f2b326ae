// What all components and hooks of this package share: the SDK object, the language, and who draws Markdown.
import { paragon as shared, type Paragon } from "paragon-connect";
import { createContext, useContext, useMemo, type ReactElement, type ReactNode } from "react";
import { useSyncStore } from "./compat.js";
import type { ParagonLike } from "./store.js";
import { bundleFor, type Texts } from "./texts/index.js";
import { languageTag } from "./texts/language.js";

type Shared = {
  paragon: ParagonLike;
  /** A language tag, such as `"de"` or `"pt-BR"`. */
  locale: string;
  texts: Texts;
};

const Context = createContext<Partial<Shared>>({});

export type ParagonProviderProps = {
  /** The SDK object; without it the shared `paragon`. */
  paragon?: ParagonLike;
  /** A language tag; without it the language of the page (`<html lang>`), else that of the browser. */
  locale?: string;
  /** Texts that replace those of the language. */
  texts?: Partial<Texts>;
  children?: ReactNode;
};

/** Optional: without it, components use the shared `paragon` and the language of the page. */
export function ParagonProvider({ paragon, locale, texts, children }: ParagonProviderProps): ReactElement {
  const outer = useContext(Context);
  const page = usePageLanguage();
  const chosen = locale === undefined ? (outer.locale ?? page) : languageTag(locale);
  const value = useMemo(
    () => ({
      paragon: paragon ?? outer.paragon,
      locale: chosen,
      texts: { ...(locale === undefined && outer.texts ? outer.texts : bundleFor(chosen)), ...texts },
    }),
    [paragon, outer, chosen, locale, texts],
  );
  return <Context.Provider value={value}>{children}</Context.Provider>;
}

/** The SDK object that the components around use: what the provider was given, else the shared `paragon`. */
export function useParagon(): Paragon {
  return (useContext(Context).paragon as Paragon | undefined) ?? shared;
}

export function useLanguage(): string {
  const page = usePageLanguage();
  return useContext(Context).locale ?? page;
}

/** The texts of the language. */
export function useTexts(): Texts {
  const { texts } = useContext(Context);
  const locale = useLanguage();
  return texts ?? bundleFor(locale);
}

const readLanguage = () => languageTag(document.documentElement.lang || navigator.language);
const readOnServer = () => "en";

function watchLanguage(onChange: () => void): () => void {
  const observer = new MutationObserver(onChange);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ["lang"] });
  return () => observer.disconnect();
}

function usePageLanguage(): string {
  return useSyncStore(watchLanguage, typeof document === "undefined" ? readOnServer : readLanguage, readOnServer);
}

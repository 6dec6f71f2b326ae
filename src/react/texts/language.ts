// Language tags as Intl takes them.

/** The tag of a locale, of `de_DE` too. A browser in the locale `C` names none, and an app may name what is none: English then. */
export function languageTag(locale: string): string {
  try {
    return Intl.getCanonicalLocales(locale.replaceAll("_", "-"))[0] ?? "en";
  } catch {
    return "en";
  }
}

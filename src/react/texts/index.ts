// The texts of all components, by language.
import { de } from "./de.js";
import { en } from "./en.js";
import { es } from "./es.js";
import { fr } from "./fr.js";
import { ja } from "./ja.js";

/** All texts; replace single ones with the `texts` of `ParagonProvider`. */
export type Texts = typeof en;

/** The languages that come with the package. A further one is `texts` of your own. */
export const bundles: Record<string, Texts> = { de, en, es, fr, ja };

/** The texts of a language tag; English where there are none. */
export function bundleFor(locale: string): Texts {
  return bundles[locale.toLowerCase().split(/[-_]/)[0] ?? ""] ?? en;
}

/** A text with its `{…}` replaced. */
export function fill(text: string, values: Record<string, string | number>): string {
  return text.replace(/\{(\w+)\}/g, (whole, key: string) => (key in values ? String(values[key]) : whole));
}

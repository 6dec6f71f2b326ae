// An accent colour as the custom properties of the style sheet, for light and dark, with contrast kept (WCAG AA: 4.5 to 1).

type Rgb = [number, number, number];

const WHITE: Rgb = [255, 255, 255];
/** Text on a light accent in the dark theme. */
const INK: Rgb = [15, 14, 34];
/** The lightest and the darkest surface that an accent stands on or is read on. */
const LIGHT_SURFACE: Rgb = [241, 241, 246];
const DARK_SURFACE: Rgb = [43, 46, 57];
/** Where most of the dark theme stands. */
const DARK_CARD: Rgb = [24, 26, 33];
const ENOUGH = 4.5;

/**
 * The custom properties for an accent, to be set on any element (`style={accentStyle("#4a154b")}`), best on the root, because
 * lists and dialogs stand outside of what opens them. An empty object if the colour cannot be read. The colour is moved
 * towards black or white as far as its contrast needs.
 * @param color `#rgb` or `#rrggbb`
 */
export function accentStyle(color: string | undefined): Record<string, string> {
  const given = color === undefined ? undefined : parse(color);
  if (!given) return {};
  const light = moved(given, LIGHT_SURFACE, [0, 0, 0]);
  const dark = moved(given, DARK_SURFACE, WHITE);
  const both = (one: Rgb, other: Rgb) => `light-dark(${css(one)}, ${css(other)})`;
  const accent = both(light, dark);
  return {
    "--pc-accent": accent,
    "--pc-accent-hover": both(mixed(light, [0, 0, 0], 0.14), mixed(dark, WHITE, 0.14)),
    "--pc-accent-text": accent,
    "--pc-accent-soft": both(mixed(light, WHITE, 0.93), mixed(dark, DARK_CARD, 0.88)),
    "--pc-on-accent": both(WHITE, INK),
    "--pc-ring": accent,
  };
}

/** How well two colours can be told apart: from 1 to 21. */
export function contrast(a: Rgb, b: Rgb): number {
  const [one, other] = [luminance(a), luminance(b)];
  return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
}

function moved(color: Rgb, surface: Rgb, towards: Rgb): Rgb {
  for (let part = 0; part < 1; part += 0.02) {
    const candidate = mixed(color, towards, part);
    if (contrast(candidate, surface) >= ENOUGH) return candidate;
  }
  return towards;
}

function mixed(color: Rgb, other: Rgb, part: number): Rgb {
  return color.map((value, index) => Math.round(value + (other[index]! - value) * part)) as Rgb;
}

function luminance(color: Rgb): number {
  const [red, green, blue] = color.map((value) => {
    const part = value / 255;
    return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  }) as Rgb;
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function parse(color: string): Rgb | undefined {
  const short = /^#([\da-f])([\da-f])([\da-f])$/i.exec(color.trim());
  const digits = short ? short.slice(1).map((one) => one + one) : /^#([\da-f]{2})([\da-f]{2})([\da-f]{2})$/i.exec(color.trim())?.slice(1);
  return digits?.map((pair) => Number.parseInt(pair, 16)) as Rgb | undefined;
}

const css = (color: Rgb) => `#${color.map((value) => value.toString(16).padStart(2, "0")).join("")}`;

// What a snippet in the docs says that comes out: a value as JavaScript writes it, in which `…` stands for anything.

/** In an object or at the end of a list: and whatever else. In a string: any text. Alone: any value that is there. */
const REST = "…";

/** Reads the texts after `// →`; several values are parted by commas. Undefined if it is not a whole value yet. */
export function parse(text: string): unknown[] | undefined {
  if (text.trim().endsWith(",")) return undefined;
  const source = text.replace(/"(?:[^"\\]|\\.)*"|…(?=\s*})|…/g, (token, offset: number) => {
    if (token !== REST) return token;
    const inObject = /^\s*}/.test(text.slice(offset + 1)) && /[{,]\s*$/.test(text.slice(0, offset));
    return inObject ? `"${REST}": true` : `"${REST}"`;
  });
  try {
    return new Function(`return [${source}\n]`)() as unknown[];
  } catch {
    return undefined;
  }
}

/** How the values differ from those expected; undefined if they do not. */
export function difference(actual: unknown[], expected: unknown[]): string | undefined {
  if (actual.length !== expected.length) return `there are ${actual.length} values, not ${expected.length}`;
  return first(expected.map((value, index) => differs(actual[index], value, "it")));
}

function differs(actual: unknown, expected: unknown, at: string): string | undefined {
  const problem = `${at} is ${JSON.stringify(actual)}, not ${JSON.stringify(expected)}`;
  if (expected === REST) return actual === undefined || actual === null ? problem : undefined;
  if (typeof expected === "string" && expected.includes(REST)) {
    const parts = expected.split(REST).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
    return typeof actual === "string" && new RegExp(`^${parts.join("[^]+")}$`).test(actual) ? undefined : problem;
  }
  if (Array.isArray(expected)) {
    if (!Array.isArray(actual)) return problem;
    const open = expected.at(-1) === REST;
    const listed = open ? expected.slice(0, -1) : expected;
    if (open ? actual.length < listed.length : actual.length !== listed.length) return problem;
    return first(listed.map((entry, index) => differs(actual[index], entry, `${at}[${index}]`)));
  }
  if (typeof expected === "object" && expected !== null) {
    if (typeof actual !== "object" || actual === null || Array.isArray(actual)) return problem;
    const { [REST]: open, ...members } = expected as Record<string, unknown>;
    const extra = Object.keys(actual).filter((key) => !(key in members));
    if (!open && extra.length) return `${at} has ${extra.join(", ")} as well`;
    const given = actual as Record<string, unknown>;
    return first(Object.entries(members).map(([key, value]) => differs(given[key], value, `${at}.${key}`)));
  }
  return Object.is(actual, expected) ? undefined : problem;
}

function first(differences: (string | undefined)[]): string | undefined {
  return differences.find((one) => one !== undefined);
}

// Makes values comparable: plain JSON, with words for what JSON has none for.

/** An error, as far as the two SDKs promise the same: not its words. */
export type PlainError = { $error: string; meta?: unknown; response?: unknown; code?: unknown; stage?: unknown };

export function plain(value: unknown, depth = 0): unknown {
  if (value === undefined) return "$undefined";
  if (typeof value === "function") return "$function";
  if (typeof value === "bigint" || typeof value === "symbol") return String(value);
  if (typeof value === "number" && !Number.isFinite(value)) return `$${value}`;
  if (value === null || typeof value !== "object") return value;
  if (depth > 20) return "$deep";
  if (isError(value)) return plainError(value, depth);
  const kind = Object.prototype.toString.call(value).slice(8, -1);
  if (kind === "Array") return (value as unknown[]).map((entry) => plain(entry, depth + 1));
  if (kind === "FormData" || kind === "URLSearchParams") return { [`$${kind}`]: [...(value as FormData)] };
  if (kind === "Headers") return { $Headers: Object.fromEntries((value as unknown as Map<string, string>).entries()) };
  if (kind === "Blob") return { $Blob: (value as Blob).type, size: (value as Blob).size };
  if (kind === "ArrayBuffer") return { $ArrayBuffer: (value as ArrayBuffer).byteLength };
  if (kind.endsWith("Array")) return { [`$${kind}`]: [...(value as Uint8Array)] };
  if (kind !== "Object" && kind !== "Error") return `$${kind}`;
  const { name, message } = value as Partial<Error>;
  // The official package hands some errors over as plain objects.
  if (typeof name === "string" && name.endsWith("Error") && typeof message === "string") return plainError(value as Error, depth);
  // A member that is undefined counts as one that is not there: so JSON has it, and so do nearly all who read it.
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  return Object.fromEntries(members.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, member]) => [key, plain(member, depth + 1)]));
}

// From whichever realm.
const isError = (value: object): value is Error =>
  Object.prototype.toString.call(value) === "[object Error]" || Object.prototype.toString.call(value) === "[object DOMException]";

function plainError(error: Error, depth: number): PlainError {
  const { meta, response, code, stage } = error as Error & Record<string, unknown>;
  const more = Object.entries({ meta, response, code, stage, message: error.message }).filter(([, member]) => member !== undefined);
  return { $error: error.name, ...Object.fromEntries(more.map(([key, member]) => [key, plain(member, depth + 1)])) };
}

/** The same for the same, whatever the order of the members was. */
export const text = (value: unknown): string => JSON.stringify(plain(value));

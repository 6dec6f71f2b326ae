// The text of a body field as what `request()` takes.

export type ParsedBody = { ok: true; body: object | undefined } | { ok: false; reason: string };

export function parseBody(text: string): ParsedBody {
  if (!text.trim()) return { ok: true, body: undefined };
  try {
    const value: unknown = JSON.parse(text);
    return value !== null && typeof value === "object"
      ? { ok: true, body: value }
      : { ok: false, reason: "an object or a list is expected" };
  } catch (thrown) {
    return { ok: false, reason: thrown instanceof Error ? thrown.message : String(thrown) };
  }
}

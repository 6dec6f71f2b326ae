// Which calls are shown. The filter stands in the address, so that it can be kept and shared.
import type { Call } from "../app/types";
import { shortAddress } from "../app/words";

export type Filter = { text: string; kind: string; status: string; user: string };

export const STATUSES = ["2xx", "3xx", "4xx", "5xx", "error", "fault"] as const;

export function readFilter(query: URLSearchParams): Filter {
  const read = (name: string) => query.get(name) ?? "";
  return { text: read("text"), kind: read("kind"), status: read("status"), user: read("user") };
}

export function fits(call: Call, { text, kind, status, user }: Filter): boolean {
  const wanted = text.trim().toLowerCase();
  return (
    (!wanted || `${call.method} ${shortAddress(call)} ${call.address} ${call.integration ?? ""}`.toLowerCase().includes(wanted)) &&
    (!kind || call.kind === kind) &&
    (!user || (call.user ?? "").toLowerCase().includes(user.toLowerCase())) &&
    fitsStatus(call, status)
  );
}

function fitsStatus({ status, error, fault, durationMs }: Call, wanted: string): boolean {
  if (!wanted) return true;
  if (wanted === "fault") return fault !== null;
  // Everything that did not go well.
  if (wanted === "error") return error !== null || (status === null ? durationMs !== null : status >= 400);
  return status !== null && `${Math.floor(status / 100)}xx` === wanted;
}

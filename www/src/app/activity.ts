// What has happened, newest first: events of the SDK, stages of install flows, requests, errors.
import { useSyncExternalStore } from "react";

export type ActivityKind = "event" | "stage" | "request" | "error" | "session";
export type Activity = { id: number; at: Date; kind: ActivityKind; title: string; subject?: string; details?: unknown };

const LIMIT = 200;
let entries: readonly Activity[] = [];
let lastId = 0;
const listeners = new Set<() => void>();

export function record(entry: Omit<Activity, "id" | "at">): void {
  publish([{ ...entry, id: ++lastId, at: new Date() }, ...entries].slice(0, LIMIT));
}

export function clearActivity(): void {
  publish([]);
}

export function useActivity(): readonly Activity[] {
  return useSyncExternalStore(subscribe, () => entries);
}

function publish(next: readonly Activity[]): void {
  entries = next;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

// What happens in a project, as the platform's stream tells it. It is kept for as long as the page shows the project, and no
// more of it than the page can show.
import { AdminError, type Admin } from "./admin";
import type { Call, ClockSetting, Fault, News, Slice } from "./types";

/** So many calls are kept; the platform keeps the rest. */
export const CALLS = 1_000;
/** So many slices are kept: an hour. */
const SLICES = 720;
/** Milliseconds before the stream is asked for again; longer each time that it fails. */
const AGAIN = [500, 1_000, 2_000, 4_000];

export type Live = {
  /** `live` while the stream is open, `lost` while it is asked for again, `refused` when the secret is wrong, `gone` when the project is. */
  status: "connecting" | "live" | "lost" | "refused" | "gone";
  /** Why the platform refuses; empty unless it does. */
  refusal: string;
  /** The newest first. */
  calls: readonly Call[];
  /** The oldest first. */
  slices: readonly Slice[];
  sliceMs: number;
  /** Upper ends of the classes of latency, in milliseconds. */
  classes: readonly number[];
  clock: ClockSetting;
  faults: readonly Fault[];
  /** Another number whenever something stored has changed. */
  stored: number;
  /** Ids; the first project's is first. */
  projects: readonly string[];
  clears: number;
};

const EMPTY: Live = {
  status: "connecting",
  refusal: "",
  calls: [],
  slices: [],
  sliceMs: 5_000,
  classes: [],
  clock: { offsetMs: 0, frozenAt: null },
  faults: [],
  stored: 0,
  projects: [],
  clears: 0,
};

export class Stream {
  private state = EMPTY;
  private readonly listeners = new Set<() => void>();
  private readonly end = new AbortController();

  constructor(private readonly admin: Admin) {}

  readonly read = (): Live => this.state;

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Listens until [`stop`]. */
  async start(): Promise<void> {
    const { signal } = this.end;
    for (let failures = 0; !signal.aborted; failures++) {
      try {
        const { body } = await this.admin.watch(signal);
        if (!body) throw new AdminError("The platform's stream is empty.", "unreachable");
        failures = 0;
        // The platform tells everything anew, and may have been started anew itself.
        let isFirst = true;
        for await (const news of events(body)) {
          this.publish(merge(isFirst ? { ...EMPTY, status: "live" } : this.state, news));
          isFirst = false;
        }
      } catch (error) {
        if (signal.aborted) return;
        const { status, message } = error instanceof AdminError ? error : { status: undefined, message: "" };
        if (status === 401 || status === 403) return this.publish({ ...this.state, status: "refused", refusal: message });
        if (status === 404) return this.publish({ ...this.state, status: "gone" });
      }
      if (signal.aborted) return;
      this.publish({ ...this.state, status: "lost" });
      await new Promise((resolve) => setTimeout(resolve, AGAIN[Math.min(failures, AGAIN.length - 1)]));
    }
  }

  stop(): void {
    this.end.abort();
  }

  private publish(next: Live): void {
    this.state = next;
    for (const listener of this.listeners) listener();
  }
}

/** What is known after an event. */
export function merge(before: Live, news: News): Live {
  const isEmptied = news.clears !== undefined && news.clears !== before.clears;
  const kept = isEmptied ? { ...before, calls: [], slices: [] } : before;
  const { calls, slices, tally, oldest, ...wholes } = news;
  const next: Live = { ...kept, ...wholes, ...tally };
  if (calls) next.calls = mergeCalls(kept.calls, calls);
  if (oldest !== undefined && next.calls.some(({ id }) => id < oldest)) next.calls = next.calls.filter(({ id }) => id >= oldest);
  if (slices) next.slices = mergeSlices(kept.slices, slices);
  return next;
}

function mergeCalls(before: readonly Call[], news: readonly Call[]): Call[] {
  const changed = new Map(news.map((call) => [call.id, call]));
  const known = before.map((call) => {
    const newer = changed.get(call.id);
    changed.delete(call.id);
    return newer ?? call;
  });
  const newest = known[0]?.id ?? 0;
  // A call that was cut off here may still get on; it does not come back.
  const added = [...changed.values()].filter(({ id }) => id > newest).sort((a, b) => b.id - a.id);
  return [...added, ...known].slice(0, CALLS);
}

function mergeSlices(before: readonly Slice[], news: readonly Slice[]): Slice[] {
  const changed = new Set(news.map(({ at }) => at));
  return [...before.filter(({ at }) => !changed.has(at)), ...news].sort((a, b) => a.at - b.at).slice(-SLICES);
}

/** The data of server-sent events. */
async function* events(body: ReadableStream<Uint8Array>): AsyncGenerator<News> {
  const reader = body.pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>).getReader();
  let rest = "";
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    const lines = (rest + value).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) if (line.startsWith("data: ")) yield JSON.parse(line.slice("data: ".length)) as News;
  }
}

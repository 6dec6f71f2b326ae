// What is written down while a scenario plays: for every step, what happened on each channel.

import { TOKEN } from "../projects.ts";
import { plain } from "./plain.ts";

export const CHANNELS = ["requests", "popups", "told", "settled", "user", "frames", "vendors", "console", "storage", "leftovers"] as const;
export type Channel = (typeof CHANNELS)[number];

/** One thing that happened; plain JSON. */
export type Entry = Record<string, any>;

export type StepRecord = Record<Channel, Entry[]>;

export class Recorder {
  readonly steps: StepRecord[] = [];
  /** How much was written down; grows. */
  count = 0;
  #ids = new Map<string, string>();

  begin(): void {
    this.steps.push(Object.fromEntries(CHANNELS.map((channel) => [channel, []])) as unknown as StepRecord);
  }

  add(channel: Channel, entry: Entry): void {
    this.count += 1;
    this.steps.at(-1)![channel].push(JSON.parse(JSON.stringify(plain(entry)).replaceAll(TOKEN, "the user's token")) as Entry);
  }

  /** A stable name for something random: the first that is seen is `random1`. */
  stable(random: string): string {
    let name = this.#ids.get(random);
    if (!name) this.#ids.set(random, (name = `random${this.#ids.size + 1}`));
    return name;
  }

  /** An address in its parts, with stable names for what is random in it. */
  address(url: string): Entry {
    let parsed: URL;
    try {
      parsed = new URL(url);
    } catch {
      return { address: url };
    }
    const query = [...parsed.searchParams].map(([key, value]) => [key, this.#inQuery(key, value)]);
    const path = parsed.pathname.replace(/(?<=\/session-id\/)[^/]+/, (key) => this.stable(key));
    return {
      address: parsed.origin + path + parsed.hash,
      ...(query.length ? { query: Object.fromEntries(query) } : {}),
    };
  }

  #inQuery(key: string, value: string): unknown {
    if (key === "oauthMetaKeyId" || key === "state") return this.stable(value);
    try {
      return JSON.parse(value);
    } catch {
      return value;
    }
  }
}

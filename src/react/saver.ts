// Saves changes a moment after the last one, one save at a time, and forgets none: what is changed while a save is under way
// goes with the next, and what could not be saved stays until it can. No React in here.

export type SaveState = "saved" | "unsaved" | "saving" | "failed";

export type SaverOptions<Changes extends object> = {
  /** Sends the changes; what it rejects with is given to `onChange`. */
  save: (changes: Changes) => Promise<unknown>;
  /** Milliseconds from the last change to the save; null saves only on `flush`. */
  delay: number | null;
  onChange: (state: SaveState, error: unknown) => void;
};

type Run<Changes> = {
  changes: Partial<Changes>;
  /** False if the platform has refused. */
  done: Promise<boolean>;
};

export class Saver<Changes extends object> {
  #options: SaverOptions<Changes>;
  #waiting: Partial<Changes> = {};
  #timer: ReturnType<typeof setTimeout> | undefined;
  #running: Run<Changes> | undefined;

  constructor(options: SaverOptions<Changes>) {
    this.#options = options;
  }

  /** True while something is not at the platform yet. */
  get isDirty(): boolean {
    return this.#running !== undefined || this.#hasWaiting;
  }

  get #hasWaiting(): boolean {
    return Object.keys(this.#waiting).length > 0;
  }

  /** Takes a change; an earlier one of the same key that is not sent yet is replaced. */
  change(changes: Partial<Changes>): void {
    this.#waiting = { ...this.#waiting, ...changes };
    this.#options.onChange("unsaved", undefined);
    this.#schedule();
  }

  /** Saves now what is there to save. Resolves when nothing is left, or the platform has refused. */
  async flush(): Promise<void> {
    clearTimeout(this.#timer);
    while (this.isDirty) {
      if (!this.#running) this.#send(this.#waiting);
      if (!(await this.#running?.done)) return;
    }
  }

  /**
   * The page may be gone in a moment: sends within this turn what is not sent, and does not wait for a save that is under way.
   * What that one sends goes along, so that whichever arrives last leaves nothing out.
   */
  leave(): void {
    clearTimeout(this.#timer);
    if (this.#hasWaiting) this.#send({ ...this.#running?.changes, ...this.#waiting });
  }

  #send(changes: Partial<Changes>): void {
    const run: Run<Changes> = { changes, done: Promise.resolve(true) };
    this.#waiting = {};
    this.#running = run;
    this.#options.onChange("saving", undefined);
    run.done = this.#outcome(run);
  }

  async #outcome(run: Run<Changes>): Promise<boolean> {
    try {
      await this.#options.save(run.changes as Changes);
      // A later one has all of it, and its outcome counts.
      if (this.#running !== run) return true;
      this.#running = undefined;
      this.#options.onChange(this.isDirty ? "unsaved" : "saved", undefined);
      return true;
    } catch (error) {
      if (this.#running !== run) return true;
      this.#running = undefined;
      // What was changed meanwhile is newer.
      this.#waiting = { ...run.changes, ...this.#waiting };
      this.#options.onChange("failed", error);
      return false;
    }
  }

  #schedule(): void {
    clearTimeout(this.#timer);
    const { delay } = this.#options;
    if (delay !== null) this.#timer = setTimeout(() => void this.flush(), delay);
  }
}

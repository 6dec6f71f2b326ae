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

export class Saver<Changes extends object> {
  #options: SaverOptions<Changes>;
  #waiting: Partial<Changes> = {};
  #timer: ReturnType<typeof setTimeout> | undefined;
  #running: Promise<boolean> | undefined;

  constructor(options: SaverOptions<Changes>) {
    this.#options = options;
  }

  /** True while something is not at the platform yet. */
  get isDirty(): boolean {
    return this.#running !== undefined || Object.keys(this.#waiting).length > 0;
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
      this.#running ??= this.#send();
      if (!(await this.#running)) return;
    }
  }

  /** False if the platform has refused. */
  async #send(): Promise<boolean> {
    const changes = this.#waiting;
    this.#waiting = {};
    this.#options.onChange("saving", undefined);
    try {
      await this.#options.save(changes as Changes);
      this.#running = undefined;
      this.#options.onChange(this.isDirty ? "unsaved" : "saved", undefined);
      return true;
    } catch (error) {
      this.#running = undefined;
      // What was changed meanwhile is newer.
      this.#waiting = { ...changes, ...this.#waiting };
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

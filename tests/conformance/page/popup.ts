// What `window.open` gives in a scenario: a window as far as an SDK can see it.

import type { Recorder } from "./records.ts";

export class FakePopup {
  closed = false;
  /** Its page, while that is a blank one of the SDK's own. */
  readonly document: Document;
  /** Where it is. */
  url: string;
  opener: unknown;
  readonly number: number;
  readonly #recorder: Recorder;

  constructor(recorder: Recorder, number: number, url: string, document: Document) {
    this.document = document;
    this.#recorder = recorder;
    this.number = number;
    this.url = url;
  }

  // Both ways to send it elsewhere: `popup.location = …`, `popup.location.href = …`, `popup.location.replace(…)`.
  get location(): { href: string; replace(url: string): void; assign(url: string): void } {
    const go = (url: string) => this.#go(String(url));
    const here = this.url;
    return {
      get href() {
        return here;
      },
      set href(url) {
        go(url);
      },
      replace: go,
      assign: go,
    };
  }

  set location(url: string) {
    this.#go(String(url));
  }

  #go(url: string): void {
    this.url = url;
    this.#recorder.add("popups", { does: "goes", popup: this.number, ...this.#recorder.address(url) });
  }

  close(): void {
    if (!this.closed) this.#recorder.add("popups", { does: "is closed", popup: this.number });
    this.closed = true;
  }

  focus(): void {}
  blur(): void {}

  postMessage(data: unknown): void {
    this.#recorder.add("popups", { does: "gets a message", popup: this.number, data });
  }

  /** The attempt that the platform's page in it was opened for. */
  get key(): string | undefined {
    const { searchParams } = new URL(this.url || "about:blank");
    return searchParams.get("oauthMetaKeyId") ?? searchParams.get("state") ?? undefined;
  }
}

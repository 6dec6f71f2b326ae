// Adds up what the test runners say in their closing lines.

import { stripVTControlCharacters } from "node:util";

export class Tally {
  #passed = 0;
  #failed = 0;
  #skipped = 0;
  #rest = "";

  // Takes a piece of a runner's output.
  read(text) {
    const lines = (this.#rest + text).split("\n");
    this.#rest = lines.pop();
    for (const line of lines) this.#line(stripVTControlCharacters(line));
  }

  #line(line) {
    // cargo test and wasm-bindgen-test
    const rust = line.match(/^test result: \S+ (\d+) passed; (\d+) failed; (\d+) ignored/);
    if (rust) this.#add(...rust.slice(1).map(Number));
    // node --test
    const node = line.match(/^[#ℹ] (pass|fail|skipped) (\d+)$/);
    if (node) this.#add(...["pass", "fail", "skipped"].map((kind) => (kind === node[1] ? Number(node[2]) : 0)));
    // Playwright
    const count = line.match(/^ {2}(\d+) (passed|failed|skipped|flaky|did not run|interrupted)\b/);
    if (!count) return;
    const [number, kind] = [Number(count[1]), count[2]];
    if (kind === "passed") this.#add(number, 0, 0);
    else if (kind === "skipped" || kind === "did not run") this.#add(0, 0, number);
    else this.#add(0, number, 0);
  }

  #add(passed, failed, skipped) {
    this.#passed += passed;
    this.#failed += failed;
    this.#skipped += skipped;
  }

  get empty() {
    return this.#passed + this.#failed + this.#skipped === 0;
  }

  line() {
    const skipped = this.#skipped ? `, ${this.#skipped} skipped` : "";
    return `${this.#passed} passed, ${this.#failed} failed${skipped}`;
  }
}

// Our package under watch, with a few more things that a click can do.
import { seen } from "./watch.ts";
import { paragon } from "paragon-connect";
import { expose } from "./recorder.ts";

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const opens = () => {
  const popup = window.open("about:blank", "_blank", "popup");
  popup?.close();
  return popup !== null;
};

window.watched = seen;
expose(paragon);
Object.assign(window.recorder.actions, {
  configureGlobal: (host: string) => paragon.configureGlobal({ host }),
  /** Starts when the click is over, also for the browser. */
  async startLate(type: string) {
    while (navigator.userActivation.isActive) await wait(50);
    window.recorder.actions["start"]!(...([type] as never[]));
  },
  /** Whether the browser lets one click open two windows. */
  openTwo: () => [opens(), opens()],
  /** Whether the browser lets a window be opened so long after the click. */
  openAfter: (ms: number) => wait(ms).then(opens),
});

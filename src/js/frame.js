// The portal's frame: one iframe, hidden until its page wants to be seen. What its page may ask, core decides.

const STAYS = "top: 0px; left: 0px; z-index: 2147483647; display: none;";
const SIDES = ["overflow-x", "overflow-y"];

export class Frame {
  #on;
  #url;
  #element;
  // Its page has loaded, or has spoken.
  #there;
  // How the page's scrolling was before it was locked.
  #before;
  // What had the focus before the frame was shown.
  #focused;
  #watch = new MutationObserver(() => this.#element?.isConnected || this.#on.lost());
  // Only from the window that is in the frame now.
  #hear = ({ source, origin, data }) => {
    if (!source || source !== this.#element?.contentWindow) return;
    this.#there = true;
    this.#on.message(origin, data);
  };
  #retry = () => this.open(this.#url);

  // `on`: loaded(), message(origin, data), and lost(), when others have taken the frame out of the page while it was seen.
  constructor(on) {
    this.#on = on;
    addEventListener("message", this.#hear);
  }

  // Makes sure that the frame is in the page and in its place; does nothing if it is.
  open(url) {
    const container = document.getElementById("paragon-connect-frame-container");
    const home = container ?? document.body;
    const known = this.#element;
    if (known?.parentNode === home && this.#url === url) return;
    this.#url = url;
    // A script in the head may be early.
    if (!home) return void document.addEventListener("DOMContentLoaded", this.#retry, { once: true });
    this.style(false, false);
    known?.remove();
    const element = document.createElement("iframe");
    element.id = "paragon-connect-frame";
    element.title = "Integration settings";
    element.allow = "clipboard-write";
    element.style.cssText = container
      ? `position: absolute; width: 100%; height: 100%; ${STAYS}`
      : `position: fixed; width: 100vw; height: 100vh; ${STAYS}`;
    element.addEventListener("load", () => {
      this.#there = true;
      this.#on.loaded();
    });
    element.src = url;
    this.#element = element;
    this.#there = false;
    home.append(element);
  }

  // False if the message holds what no other window can get. Only a page of the portal's own origin gets it.
  post(message) {
    const send = (data) => this.#there && this.#element?.contentWindow?.postMessage(data, new URL(this.#url).origin);
    try {
      send(message);
    } catch {
      try {
        // An app's settings may have functions among them.
        send(JSON.parse(JSON.stringify(message)));
      } catch {
        return false;
      }
    }
    return true;
  }

  // What settles a call of the page: both send it the answer.
  answers(call) {
    const { id, type } = call ?? {};
    const reject = (error) => {
      // What the platform has said, the page reads.
      const said = error?.name === "ApiError" ? JSON.stringify(error.response) : undefined;
      const message = said ?? String(error?.message ?? error);
      this.post({ messageType: "SDK_FUNCTION_ERROR", error: true, message, id });
    };
    const resolve = (result) => {
      if (!this.post({ messageType: "SDK_FUNCTION_RESPONSE", id, type, result })) reject("The answer cannot be sent.");
    };
    return { resolve, reject };
  }

  // `locked`: the page behind the frame stands still, if the frame covers it.
  style(shown, locked) {
    const element = this.#element;
    if (!element) return;
    const { activeElement } = document;
    if (shown && element.style.display === "none") this.#focused = activeElement;
    element.style.display = shown ? "block" : "none";
    // The app may have moved it meanwhile.
    if (!shown && (activeElement === element || activeElement === document.body)) this.#focused?.focus?.({ preventScroll: true });
    if (!shown) this.#focused = undefined;
    this.#watch.disconnect();
    if (shown) this.#watch.observe(document, { childList: true, subtree: true });
    this.#lock(locked && element.parentNode === document.body);
  }

  #lock(wanted) {
    if (wanted === !!this.#before) return;
    const { style } = document.body;
    if (wanted) {
      const sides = SIDES.map((side) => [side, style.getPropertyValue(side), style.getPropertyPriority(side)]);
      this.#before = { sides, styled: document.body.hasAttribute("style") };
      style.setProperty("overflow", "hidden");
      return;
    }
    const { sides, styled } = this.#before;
    this.#before = undefined;
    // What the app has changed meanwhile is the app's.
    if (style.overflow === "hidden") for (const side of sides) style.setProperty(...side);
    // Chromium only writes the attribute down when somebody looks, and what is not written down cannot be removed.
    if (!styled && document.body.getAttribute("style") === "") document.body.removeAttribute("style");
  }

  remove() {
    this.style(false, false);
    removeEventListener("message", this.#hear);
    document.removeEventListener("DOMContentLoaded", this.#retry);
    this.#element?.remove();
    this.#element = undefined;
  }
}

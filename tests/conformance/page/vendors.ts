// Stand-ins for the scripts of the vendors whose file pickers are scripts in the page (Google, Box): what they are asked for
// is written down, and a step of the scenario picks or cancels. And the form by which Microsoft's picker is opened.

import type { Recorder } from "./records.ts";

type Scope = Window & typeof globalThis & Record<string, any>;

/** What the user does in a picker. */
export type PickerAction = "pick" | "cancel";

const FILES = [
  { id: "file-report", name: "Report.pdf", mimeType: "application/pdf", type: "file" },
  { id: "file-plan", name: "Plan", mimeType: "text/plain", type: "file" },
];

export class Vendors {
  /** Scripts of vendors do not load for now. */
  blocked = false;
  recorder!: Recorder;
  readonly #scope: Scope;
  /** Of the picker that was shown last. */
  #user: ((does: PickerAction) => void) | undefined;

  constructor(scope: Scope) {
    this.#scope = scope;
    this.#watchScripts();
    this.#watchForms();
  }

  act(does: PickerAction): void {
    this.#user?.(does);
  }

  #add(entry: Record<string, unknown>): void {
    this.recorder.add("vendors", entry);
  }

  // An element never gets the address, so that nothing is loaded; when it comes into the page, its stand-in does.
  #watchScripts(): void {
    const { document } = this.#scope;
    const addresses = new WeakMap<Node, string>();
    const create = document.createElement.bind(document) as (name: string, options?: ElementCreationOptions) => HTMLElement;
    document.createElement = ((name: string, options?: ElementCreationOptions) => {
      const element = create(name, options);
      const key = { script: "src", link: "href" }[name.toLowerCase()];
      if (!key) return element;
      const setAttribute = element.setAttribute.bind(element);
      const keep = (url: unknown) => void addresses.set(element, String(url));
      element.setAttribute = (attribute, value) => (attribute === key ? keep(value) : setAttribute(attribute, value));
      return Object.defineProperty(element, key, { get: () => addresses.get(element) ?? "", set: keep });
    }) as typeof document.createElement;
    const observer = new this.#scope.MutationObserver((records) => {
      for (const node of records.flatMap(({ addedNodes }) => [...addedNodes])) {
        const url = addresses.get(node);
        if (url) this.#load(node, url);
      }
    });
    observer.observe(document, { childList: true, subtree: true });
  }

  #load(element: Node, address: string): void {
    this.#add({ does: this.blocked ? "does not load" : "loads", address });
    if (this.blocked) return void element.dispatchEvent(new this.#scope.Event("error"));
    if (address.startsWith("https://apis.google.com/")) this.#google();
    if (address.endsWith("/picker.js")) this.#box();
    element.dispatchEvent(new this.#scope.Event("load"));
  }

  #google(): void {
    const vendors = this;
    class Picker {
      constructor(readonly told: Told) {}
      setVisible(visible: boolean): this {
        vendors.#add({ does: visible ? "shows" : "hides", vendor: "google" });
        const callback = this.told["setCallback"]?.at(-1)?.[0] as (response: unknown) => void;
        const docs = this.told["enableFeature"] ? FILES : FILES.slice(0, 1);
        vendors.#user = (does) => callback(does === "pick" ? { action: "picked", viewToken: null, docs } : { action: "cancel" });
        return this;
      }
      isVisible(): boolean {
        return false;
      }
      dispose(): void {}
    }
    class PickerBuilder {
      readonly told: Told = {};
      constructor() {
        return recorder(this, this.told);
      }
      build(): Picker {
        const { setCallback: _, ...told } = this.told;
        vendors.#add({ does: "is built", vendor: "google", told });
        return new Picker(this.told);
      }
    }
    const names = (...all: string[]) => Object.fromEntries(all.map((name) => [name, name]));
    const picker = {
      PickerBuilder,
      View,
      DocsView: View,
      Action: { PICKED: "picked", CANCEL: "cancel", LOADED: "loaded", ERROR: "error" },
      Response: { ACTION: "action", DOCUMENTS: "docs", VIEW: "viewToken", PARENTS: "parents" },
      Feature: names("MULTISELECT_ENABLED", "SUPPORT_DRIVES", "MINE_ONLY", "NAV_HIDDEN"),
      DocsViewMode: { GRID: "grid", LIST: "list" },
      ViewId: names("DOCS", "FOLDERS", "DOCUMENTS", "PDFS", "SPREADSHEETS", "DOCS_IMAGES"),
    };
    this.#scope.gapi = {
      load: (name: string, given: (() => void) | { callback: () => void }) => {
        if (!this.#scope.google) this.#add({ does: "loads a module", vendor: "google", name });
        this.#scope.google = { picker };
        void Promise.resolve().then(typeof given === "function" ? given : given.callback);
      },
    };
  }

  #box(): void {
    const vendors = this;
    const kind = (name: string) =>
      class {
        readonly #listeners: Record<string, (items?: unknown) => void> = {};
        addListener(event: string, listener: (items?: unknown) => void): void {
          this.#listeners[event] = listener;
        }
        removeListener(event: string): void {
          delete this.#listeners[event];
        }
        removeAllListeners(): void {}
        show(folder: unknown, token: unknown, { container, ...options }: Record<string, unknown>): void {
          vendors.#add({ does: "shows", vendor: "box", name, folder, token, options, ...(typeof container === "string" ? { container } : {}) });
          vendors.#user = (does) => (does === "pick" ? this.#listeners["choose"]?.(FILES) : this.#listeners["cancel"]?.());
        }
        hide(): void {
          vendors.#add({ does: "hides", vendor: "box" });
        }
        clearCache(): void {}
      };
    this.#scope.Box = { FilePicker: kind("FilePicker"), FolderPicker: kind("FolderPicker") };
  }

  #watchForms(): void {
    const vendors = this;
    this.#scope.HTMLFormElement.prototype.submit = function () {
      const fields = Object.fromEntries([...new FormData(this)]);
      const address = vendors.recorder.address(this.action);
      const messaging = address.query?.filePicker?.messaging;
      if (messaging) messaging.channelId = vendors.recorder.stable(messaging.channelId);
      vendors.#add({ does: "is posted", method: this.method, target: this.target, ...address, fields });
    };
  }
}

type Told = Record<string, unknown[][]>;

/** Writes down every call of a method that there is not, and gives the object back, as Google's builders do. */
function recorder<T extends object>(target: T, told: Told): T {
  const proxy: T = new Proxy(target, {
    get: (object, name) =>
      name in object || typeof name === "symbol"
        ? (Reflect.get(object, name) as unknown)
        : (...args: unknown[]) => {
            const given = args.map((one) => views.get(one as object) ?? one);
            // What is set twice counts once.
            told[name] = [...(name.startsWith("set") ? [] : (told[name] ?? [])), given];
            return proxy;
          },
  });
  return proxy;
}

const views = new WeakMap<object, Record<string, unknown>>();

class View {
  constructor(id = "DOCS") {
    const told: Told = {};
    const proxy = recorder(this, told);
    views.set(proxy, { view: id, told });
    return proxy;
  }
}

// Stands in for https://apis.google.com/js/api.js: `gapi.load("picker")` and the Google Picker, with Google's names.
// It draws a dialog of buttons, and keeps what a picker was built with in `pickers`, where tests look.

{
  const FILES = [
    { id: "file-report", name: "Report.pdf", mimeType: "application/pdf", type: "file", url: "https://drive.google.com/file/d/file-report/view" },
    { id: "file-plan", name: "Plan", mimeType: "application/vnd.google-apps.document", type: "document", url: "https://docs.google.com/document/d/file-plan/edit" },
  ];

  const Action = { CANCEL: "cancel", ERROR: "error", LOADED: "loaded", PICKED: "picked" };
  const DocsViewMode = { GRID: "grid", LIST: "list" };
  const Feature = { MINE_ONLY: "mineOnly", MULTISELECT_ENABLED: "multiselectEnabled", NAV_HIDDEN: "navHidden", SUPPORT_DRIVES: "sdr" };
  const Response = { ACTION: "action", DOCUMENTS: "docs", PARENTS: "parents", VIEW: "viewToken" };
  const ViewId = { DOCS: "all", DOCUMENTS: "documents", FOLDERS: "folders", PDFS: "pdfs", SPREADSHEETS: "spreadsheets" };

  // A class whose instances write down what they are told, and give themselves back as Google's do.
  const recorder = (...methods) => {
    class Recorder {
      constructor() {
        this.told = {};
      }
    }
    for (const method of methods) {
      Recorder.prototype[method] = function (...args) {
        (this.told[method] ??= []).push(args.length === 1 ? args[0] : args);
        return this;
      };
    }
    return Recorder;
  };

  class View extends recorder("setMimeTypes", "setQuery") {
    constructor(id = ViewId.DOCS) {
      super();
      this.id = id;
    }
    getId() {
      return this.id;
    }
  }
  const OfDocs = recorder("setEnableDrives", "setFileIds", "setIncludeFolders", "setMode", "setOwnedByMe", "setParent", "setSelectFolderEnabled", "setStarred");
  class DocsView extends View {}
  for (const name of Object.getOwnPropertyNames(OfDocs.prototype)) {
    if (name !== "constructor") DocsView.prototype[name] = OfDocs.prototype[name];
  }

  class Picker {
    #dialog;
    constructor(builder) {
      this.builder = builder;
    }
    isVisible() {
      return this.#dialog !== undefined;
    }
    setVisible(visible) {
      this.#dialog?.remove();
      this.#dialog = undefined;
      if (!visible) return this;
      this.#dialog = document.createElement("div");
      this.#dialog.className = "picker-dialog";
      for (const [label, act] of [
        ["Select", () => this.#picked(FILES.slice(0, this.builder.features.has(Feature.MULTISELECT_ENABLED) ? 2 : 1))],
        ["Cancel", () => this.#done({ action: Action.CANCEL })],
        ["Fail", () => this.#tell({ action: Action.ERROR })],
      ]) {
        const button = document.createElement("button");
        button.textContent = label;
        button.onclick = act;
        this.#dialog.append(button);
      }
      document.body.append(this.#dialog);
      this.#tell({ action: Action.LOADED, viewToken: null });
      return this;
    }
    dispose() {
      this.setVisible(false);
      this.disposed = true;
    }
    #picked(docs) {
      this.#done({ action: Action.PICKED, viewToken: [ViewId.DOCS, null, {}], docs });
    }
    #done(response) {
      this.setVisible(false);
      this.#tell(response);
    }
    #tell(response) {
      this.builder.told.setCallback?.at(-1)(response);
    }
  }

  class PickerBuilder extends recorder(
    "addView", "addViewGroup", "setAppId", "setCallback", "setDeveloperKey", "setLocale", "setMaxItems", "setOAuthToken",
    "setOrigin", "setRelayUrl", "setSelectableMimeTypes", "setSize", "setTitle", "hideTitleBar",
  ) {
    features = new Set();
    enableFeature(feature) {
      this.features.add(feature);
      return this;
    }
    disableFeature(feature) {
      this.features.delete(feature);
      return this;
    }
    isFeatureEnabled(feature) {
      return this.features.has(feature);
    }
    build() {
      const { told, features } = this;
      if (!told.setDeveloperKey || !told.setOAuthToken) throw new Error("The picker needs a developer key and a token.");
      const views = (told.addView ?? []).map((view) => (typeof view === "string" ? { id: view, told: {} } : { id: view.id, told: view.told }));
      const picker = new Picker(this);
      const { setCallback, addView, ...rest } = told;
      window.pickers.push({ ...rest, features: [...features], views });
      return picker;
    }
  }

  window.pickers = [];
  window.gapi = {
    // Google's own loads the module from its servers, and calls back later.
    load(names, options) {
      if (names !== "picker") throw new Error(`There is no ${names} here.`);
      window.gapiLoads = (window.gapiLoads ?? 0) + 1;
      const { callback, onerror } = typeof options === "function" ? { callback: options } : options;
      fetch("https://apis.google.com/picker-module", { mode: "no-cors" }).then(
        () => {
          window.google = { ...window.google, picker: { Action, DocsView, DocsViewMode, Feature, Picker, PickerBuilder, Response, View, ViewId } };
          callback();
        },
        () => onerror?.(),
      );
    },
  };
}

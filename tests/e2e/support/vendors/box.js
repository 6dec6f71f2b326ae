// Stands in for Box UI Elements (…/platform/elements/21.0.0/en-US/picker.js): `Box.FilePicker` and `Box.FolderPicker`,
// which draw into a container and tell listeners what was chosen. What each was shown with is kept in `boxes`, where tests look.

{
  class ContentPicker {
    #listeners = [];
    addListener(event, listener) {
      this.#listeners.push([event, listener]);
      return this;
    }
    removeListener(event, listener) {
      this.#listeners = this.#listeners.filter(([name, one]) => name !== event || one !== listener);
      return this;
    }
    removeAllListeners() {
      this.#listeners = [];
      return this;
    }
    #emit(event, ...args) {
      for (const [name, listener] of [...this.#listeners]) if (name === event) listener(...args);
    }
    show(folderId, token, options = {}) {
      const { container: place = "body" } = options;
      this.container = place instanceof HTMLElement ? place : document.querySelector(place);
      if (!this.container) throw new Error(`There is no ${place} to show the picker in.`);
      const { container, ...rest } = options;
      boxes.push({ kind: this.constructor.name, folderId, token, container: typeof place === "string" ? place : place.className, options: rest });
      this.root = document.createElement("div");
      this.root.className = "be";
      const { width } = getComputedStyle(this.container);
      for (const [label, act] of [
        ["Choose", () => this.#emit("choose", this.items())],
        ["Cancel", () => this.#emit("cancel")],
      ]) {
        const button = document.createElement("button");
        button.className = "btn-content";
        button.textContent = label;
        button.onclick = act;
        this.root.append(button);
      }
      this.root.dataset.width = width;
      this.container.append(this.root);
    }
    hide() {
      this.root?.remove();
    }
  }
  class FilePicker extends ContentPicker {
    items = () => [{ id: "11", name: "Report.pdf", type: "file", size: 1024, extension: "pdf" }];
  }
  class FolderPicker extends ContentPicker {
    items = () => [{ id: "12", name: "Reports", type: "folder" }];
  }
  window.boxes = [];
  window.Box = { FilePicker, FolderPicker, ContentPicker };
}

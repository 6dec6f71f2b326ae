// Box's picker, a part of Box UI Elements. It draws into the page, or (`scopeCSS`) into a frame, so that its stylesheet
// does not reach the page.

import { BOX, emptyPage, load } from "./scripts.js";

const PLACE = "position:fixed;inset:10% 0;width:100%;height:80%;border:0;z-index:2147483647";
const MIDDLE = "position:fixed;inset:0;display:flex;align-items:center;justify-content:center";

let frame;

const makeFrame = () =>
  new Promise((resolve) => {
    const element = document.createElement("iframe");
    element.onload = () => resolve(element);
    element.srcdoc = emptyPage();
    element.style.cssText = PLACE;
    element.hidden = true;
    document.body.append(element);
  });

// One for all pickers, hidden while none is open; anew if it could not be made, or if the page has thrown it away.
async function framed() {
  const own = await (frame ??= makeFrame()).catch(() => undefined);
  return own?.isConnected ? own : (frame = makeFrame());
}

// What users may do in it unless the app says otherwise.
const ALLOWED = {
  canUpload: true,
  canCreateNewFolder: true,
  canSetShareAccess: true,
  canDownload: true,
  canDelete: false,
  canRename: false,
  canPreview: true,
  canComment: false,
  canShare: true,
  canMove: false,
  canCopy: true,
};

export async function box({ config, options, token }) {
  const { allowedTypes, allowFolderSelect, allowMultiSelect, integrationOptions } = options;
  const { scopeCSS, container, ...wanted } = integrationOptions?.box ?? {};
  const { nonce, folderId } = config;
  const own = scopeCSS && (await framed());
  const view = own ? own.contentWindow : globalThis;
  const page = view.document;
  await Promise.all([
    view.Box?.FilePicker || load(page, `${BOX}.js`, nonce, () => view.Box?.FilePicker),
    load(page, `${BOX}.css`, nonce),
  ]);
  if (!token) return undefined;
  let tell;
  const instance = new view.Box[allowFolderSelect ? "FolderPicker" : "FilePicker"]();
  instance.addListener("choose", (items) => tell?.({ action: "picked", items }));
  instance.addListener("cancel", () => tell?.({ action: "cancel" }));
  const shown = { ...(!allowMultiSelect && { maxSelectable: 1 }), ...ALLOWED, ...wanted };
  if (allowedTypes) shown.extensions = allowedTypes;
  if (allowFolderSelect) shown.canSelectFolder = true;
  const place = page.createElement("div");
  place.style.cssText = own ? MIDDLE : `${MIDDLE};${PLACE}`;
  return {
    instance,
    show(to) {
      tell = to;
      page.body.append(place);
      if (own) own.hidden = false;
      // The app's own container is in the page, which a frame does not reach.
      instance.show(folderId, token, { ...shown, container: (!own && container) || place });
    },
    hide() {
      instance.hide();
      place.remove();
      if (own) own.hidden = true;
    },
  };
}

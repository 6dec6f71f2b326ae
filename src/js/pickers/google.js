// Google's picker. It is built with everything at `init`, and shown as often as wanted.

import { GOOGLE, load } from "./scripts.js";

const MODULE_MS = 30_000;

const module = () =>
  new Promise((resolve, reject) => {
    const fail = () => reject(new Error("gapi.load(\"picker\") failed."));
    globalThis.gapi.load("picker", { callback: resolve, onerror: fail, timeout: MODULE_MS, ontimeout: fail });
  });

export async function google({ config, options, token }) {
  const { allowedTypes, allowFolderSelect, allowMultiSelect, integrationOptions } = options;
  const { enableSharedDrives, includeFolders, viewMode } = integrationOptions?.googledrive ?? {};
  if (!globalThis.gapi?.load) await load(document, GOOGLE, config.nonce, () => globalThis.gapi?.load);
  await module();
  if (!token) return undefined;
  let tell;
  const { DocsView, Feature, PickerBuilder } = globalThis.google.picker;
  const builder = new PickerBuilder()
    .setOAuthToken(token)
    .setDeveloperKey(config.developerKey)
    .setCallback((response) => tell?.(response));
  if (config.appId) builder.setAppId(config.appId);
  if (allowedTypes?.length) builder.setSelectableMimeTypes(allowedTypes.join());
  if (allowMultiSelect) builder.enableFeature(Feature.MULTISELECT_ENABLED);
  // Shared drives are a view of their own, beside the user's files.
  for (const shared of enableSharedDrives ? [false, true] : [false]) {
    const view = new DocsView();
    if (includeFolders || allowFolderSelect) view.setIncludeFolders(true);
    if (allowFolderSelect) view.setSelectFolderEnabled(true);
    if (viewMode) view.setMode(viewMode);
    if (shared) view.setEnableDrives(true);
    builder.addView(view);
  }
  const instance = builder.build();
  return {
    instance,
    show(to) {
      tell = to;
      instance.setVisible(true);
    },
    hide: () => instance.setVisible(false),
  };
}

// The class behind `paragon`. Apps need it for a second SDK object, or to name its type.
import type { ConnectSdkEnvironments } from "./environment.js";
import type { InstallFlow as InstallFlowMethods } from "./install-flow.js";
import type { ExternalFilePickerConstruct, FilePickerInitOptions, FilePickerOptions, IFilePicker } from "./pickers.js";
import type { IConnectSDK } from "./sdk.js";

/** All methods; each object of the class has a user, settings and subscribers of its own. */
export interface ConnectSDK extends IConnectSDK {
  ExternalFilePicker: ExternalFilePickerConstruct;
  /**
   * Ends everything that is under way and leaves nothing behind. Calls after it fail with `DisposedError`; the page's own
   * (`connectSingleton`, `paragon`) begins anew with the next call.
   */
  dispose(): void;
}

export declare class ConnectSDK {
  /**
   * @param environmentsOrHost as `configureGlobal` takes them; absent: the cloud's services
   * @param flags taken for apps that pass them; this package never restores an earlier session by itself
   */
  constructor(
    environmentsOrHost?: Partial<ConnectSdkEnvironments> | string,
    flags?: { skipBootstrapWithLastKnownState?: boolean },
  );
}

export default ConnectSDK;

/** What is put in the place of a page's own overflow style while there is none. */
export declare const PARAGON_OVERFLOW_EMPTY_VALUE = "PARAGON_OVERFLOW_EMPTY_VALUE";

/** A file picker of an SDK object: the same as `new sdk.ExternalFilePicker(action, options)`. */
export declare class ExternalFilePicker implements IFilePicker {
  constructor(action: string, options: FilePickerOptions, sdk: ConnectSDK);
  init(options: FilePickerInitOptions): Promise<boolean>;
  open(): boolean;
  getInstance(): any;
}

export interface InstallFlow extends InstallFlowMethods {}

/** The install flow of an SDK object: the same as `sdk.installFlow`. */
export declare class InstallFlow {
  constructor(sdk: ConnectSDK);
}

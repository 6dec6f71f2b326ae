// Types of the package's main entry.
import type { IConnectSDK } from "./sdk.js";

export * from "./environment.js";
export * from "./errors.js";
export * from "./events.js";
export * from "./inputs.js";
export * from "./install-flow.js";
export * from "./integration.js";
export * from "./options.js";
export * from "./pickers.js";
export * from "./sdk.js";
export * from "./settings.js";
export * from "./user.js";

/** The type of `paragon`. */
export type Paragon = IConnectSDK;

/** The SDK. One per page: two copies of this package share it. */
export declare const paragon: Paragon;

/**
 * A further SDK object, with a user, settings and subscribers of its own: for several projects in one page.
 * `dispose()` ends everything that is under way and leaves nothing behind; calls after it fail with `DisposedError`.
 */
export declare function createParagon(): Paragon & { dispose(): void };

// The class behind `paragon`, for apps that make an SDK object themselves.

import { createParagon, endShared, methodsOf, shared } from "./paragon.js";

// What a cloud address is where an app names only some services.
const CLOUD = {
  WORKER_PROXY_PUBLIC_URL: "https://proxy.useparagon.com",
  CDN_PUBLIC_URL: "https://cdn.useparagon.com/latest/dashboard/public",
};

// Made by a function, so that bundlers leave it out of apps that do not use it.
function makeClass() {
  class ConnectSDK {
    #methods;

    constructor(environmentsOrHost) {
      if (environmentsOrHost === shared) {
        this.#methods = { ...methodsOf(shared), dispose: endShared };
        return;
      }
      this.#methods = createParagon();
      if (typeof environmentsOrHost === "string") this.configureGlobal({ host: environmentsOrHost });
      else if (environmentsOrHost) this.configureGlobal({ host: "useparagon.com" }, { ...CLOUD, ...environmentsOrHost });
    }

    static {
      // On the prototype, so that a class that extends this one can override methods and call them by `super`; each is
      // bound all the same, and can be replaced by a test's.
      for (const name of [...Object.keys(methodsOf(shared)), "dispose"]) {
        Object.defineProperty(this.prototype, name, {
          configurable: true,
          get() {
            return this.#methods[name];
          },
          set(value) {
            Object.defineProperty(this, name, { value, writable: true, configurable: true, enumerable: true });
          },
        });
      }
    }
  }
  return ConnectSDK;
}

export const ConnectSDK = /* @__PURE__ */ makeClass();

// The SDK of the page, the same as `paragon`.
export const connectSingleton = /* @__PURE__ */ new ConnectSDK(shared);

// The two that the official class's file has beside it.

export class ExternalFilePicker {
  constructor(action, options, sdk) {
    return new sdk.ExternalFilePicker(action, options);
  }
}

export class InstallFlow {
  constructor(sdk) {
    return sdk.installFlow;
  }
}

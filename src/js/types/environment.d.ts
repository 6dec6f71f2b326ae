// Service addresses: what `configureGlobal` takes.

/**
 * Base URL of every service that the SDK talks to, without a trailing slash.
 * `NODE_ENV`, `PLATFORM_ENV` and `VERSION` are labels, not addresses.
 */
export type ConnectSdkEnvironments = {
  /** Icons and other static files. */
  CDN_PUBLIC_URL: string;
  /** The hosted Connect Portal. */
  CONNECT_PUBLIC_URL: string;
  /** The dashboard; its host also serves icons of on-premise installations. */
  DASHBOARD_PUBLIC_URL: string;
  /** App events and workflow triggers. */
  HERMES_PUBLIC_URL: string;
  NODE_ENV: string;
  /** The OAuth callback that providers know, where it differs from `PASSPORT_PUBLIC_URL`. */
  PASSPORT_PRODUCTION_URL: string;
  /** The OAuth callback. */
  PASSPORT_PUBLIC_URL: string;
  PLATFORM_ENV: string;
  /** The proxy behind `request()`. */
  WORKER_PROXY_PUBLIC_URL: string;
  /** Lists of trigger types. */
  API_TRIGGER_KIT_PUBLIC_URL: string;
  VERSION: string;
  /** The API. */
  ZEUS_PUBLIC_URL: string;
};

/** Where the platform is. */
export type GlobalConfiguration = {
  /**
   * A bare host (`paragon.example.com`) or a URL, whose host name counts: services are then expected at
   * `https://<service>.<host>`. A loopback URL with a scheme (`http://127.0.0.1:9400`) means that every
   * service is at that one origin.
   */
  host: string;
};

/** Labels for `ConnectSdkEnvironments.NODE_ENV`. */
export declare enum NODE_ENV {
  PRODUCTION = "production",
  DEVELOPMENT = "development",
  TEST = "test",
}

/** Labels for `ConnectSdkEnvironments.PLATFORM_ENV`. */
export declare enum PLATFORM_ENV {
  PRODUCTION = "production",
  PRODUCTION_MIRROR_1 = "p-m1",
  STAGING = "staging",
  STAGING_MIRROR_1 = "s-m1",
  DEVELOPMENT = "dev",
  TEST = "test",
  SANDBOX = "sandbox",
  RELEASE = "release",
  ENTERPRISE = "enterprise",
}

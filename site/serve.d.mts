import type { Platform } from "paragon-connect/testing";

export declare function serveSite(options: { folder: string; binary: string; port: number }): Promise<{
  address: string;
  platform: Platform;
  stop: () => Promise<void>;
}>;

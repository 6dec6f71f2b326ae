// What the types of selenium-webdriver leave out.

declare module "selenium-webdriver/remote/index.js" {
  export * from "selenium-webdriver/remote";
}

declare module "selenium-webdriver/net/portprober.js" {
  export function findFreePort(): Promise<number>;
}

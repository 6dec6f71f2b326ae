// What to call an account: what the provider said about it, else its id.
import type { IConnectCredential } from "paragon-connect";

const NAMES = ["name", "displayName", "user", "shop", "site", "email", "username", "team"];
const DETAILS = ["email", "team", "domain", "siteUrl", "company"];

/** Falls back to the beginning of its id. */
export function accountName(credential: IConnectCredential): string {
  const { providerId, externalId, id } = credential;
  return said(credential, NAMES)[0] ?? (providerId || externalId || id.slice(0, 8));
}

/** What tells two accounts apart that are called the same. */
export function accountDetails(credential: IConnectCredential): string[] {
  const name = accountName(credential);
  const details = said(credential, DETAILS).filter((detail) => detail !== name);
  if (credential.externalId) details.push(`ext:${credential.externalId}`);
  return details;
}

function said({ providerData }: IConnectCredential, keys: string[]): string[] {
  return keys.map((key) => providerData?.[key]).filter((value): value is string => typeof value === "string" && value !== "");
}

/** Accounts to choose from: with a piece of the id where two are called the same. */
export function accountChoices(accounts: IConnectCredential[]): { value: string; label: string }[] {
  const names = accounts.map(accountName);
  return accounts.map(({ id }, index) => {
    const name = names[index] ?? id;
    const isAlone = names.indexOf(name) === names.lastIndexOf(name);
    return { value: id, label: isAlone ? name : `${name} (${id.slice(0, 8)})` };
  });
}

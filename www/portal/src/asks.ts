// What an integration asks of the person who connects it, read from the state that the SDK sends.
import type { AccountType, IntegrationConnectInput } from "paragon-connect";
import type { ModalState } from "./messages";

export type Open = NonNullable<ModalState["integration"]>;

const input = (id: string, title: string, type: string) => ({ id, title, type, required: true }) as IntegrationConnectInput;

/** The kinds of account to choose from; those that the app allows. */
export function accountTypes(integration: Open, options: ModalState["apiInstallationOptions"] = {}): AccountType[] {
  const all = integration.sdkIntegrationConfig?.accountTypes ?? [];
  const { selectedAccountConfig, selectedMultipleAccountTypes, accountType } = options;
  const wanted = [selectedAccountConfig?.id, selectedMultipleAccountTypes, accountType].flat().filter((id) => id !== undefined);
  const allowed = all.filter(({ id }) => wanted.includes(id));
  return allowed.length > 0 ? allowed : all;
}

export function preInputs(integration: Open, accountType: AccountType | undefined): IntegrationConnectInput[] {
  const config = integration.sdkIntegrationConfig as { authConfigInputs?: IntegrationConnectInput[] } | null | undefined;
  if (integration.type === "custom" && !accountType) {
    if (scheme(integration, accountType) === "oauth_client_credential") {
      return [input("clientId", "Client ID", "TEXT_NO_VARS"), input("clientSecret", "Client secret", "PASSWORD")];
    }
    const custom = integration.customIntegration as { inputFields?: IntegrationConnectInput[] } | undefined;
    return custom?.inputFields ?? config?.authConfigInputs ?? [];
  }
  return accountType?.endUserSuppliedValues ?? config?.authConfigInputs ?? [];
}

export function postInputs(integration: Open, accountType: AccountType | undefined): IntegrationConnectInput[] {
  const config = integration.sdkIntegrationConfig as { postOauthInputs?: IntegrationConnectInput[] } | null | undefined;
  return accountType?.skipPostOAuthInputs ? [] : (config?.postOauthInputs ?? []);
}

export function scheme(integration: Open, accountType: AccountType | undefined): string {
  return accountType?.scheme ?? String(integration["authenticationType"] ?? "basic");
}

/** The address of the package that Salesforce wants installed first; null if there is none. */
export function packageAddress(integration: Open, accountType: AccountType | undefined): string | null {
  if (integration.type !== "salesforce" || !accountType || accountType.id === "user-configured-oauth") return null;
  const config = integration.sdkIntegrationConfig as { authSchemeOptions?: { packageInstallUrl?: string } } | null | undefined;
  const given = config?.authSchemeOptions?.packageInstallUrl;
  if (!given) return null;
  const address = /^https?:\/\//i.test(given) ? given : `https://${given}`;
  if (!URL.canParse(address)) return null;
  const { hostname, pathname } = new URL(address);
  const isLocal = hostname === "localhost" || hostname === "127.0.0.1" || hostname === "[::1]";
  if (hostname === "appexchange.salesforce.com") return pathname.includes("/appxListingDetail") ? address : null;
  if (!pathname.includes("/packaging/installPackage.apexp") || !(isLocal || hostname === "login.salesforce.com")) return null;
  return accountType.id === "sandbox" ? address.replace("login.salesforce.com", "test.salesforce.com") : address;
}

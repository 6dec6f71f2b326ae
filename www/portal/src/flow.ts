// The install flow in the frame: the stages of the SDK's own, with the page around opening windows and saving answers.
import type { AccountType, ConnectInputValue, IConnectCredential, InstallFlowStage, StartOptions } from "paragon-connect";
import type { ParagonLike } from "paragon-connect/react";
import { accountTypes, packageAddress, postInputs, preInputs, scheme, type Open } from "./asks";
import { toError, type Bridge } from "./bridge";
import { typeOf } from "./project";
import type { Update } from "./messages";

type Flow = ParagonLike["installFlow"];
type Values = Record<string, ConnectInputValue>;

type Run = {
  type: string;
  integration: Open;
  options: StartOptions;
  accountType?: AccountType;
  accountTypeAsked: boolean;
  instructed: boolean;
  pre?: Values;
  post?: Values;
  /** The account that this run is about, once there is one. */
  credentialId?: string;
  /** What the accounts were when the window was opened. */
  before?: Map<string, string>;
};

/** What the page around shows of the flow. */
export type FlowTexts = { instruction: string; openPackage: string; copyLink: string; finished: string };

export class FrameFlow implements Flow {
  #run: Run | undefined;

  constructor(
    private readonly bridge: Bridge,
    private readonly state: () => Update,
    private readonly texts: FlowTexts,
  ) {}

  start(type: string, options: StartOptions = {}): void {
    const { integration, apiInstallationOptions } = this.state().nextModalState;
    if (!integration) throw new Error("No integration is open.");
    const types = accountTypes(integration, apiInstallationOptions);
    const run: Run = { type, integration, options, accountTypeAsked: types.length > 1, instructed: false };
    if (types.length === 1) run.accountType = types[0];
    // An account whose setup was not finished goes on where it stopped.
    const again = this.#accounts().find(({ id }) => id === options.selectedCredentialId);
    if (again?.status === "PENDING") {
      run.credentialId = again.id;
      run.accountTypeAsked = false;
    }
    this.#run = run;
    // Within this turn: the next stage may open a window.
    this.#goOn(run);
  }

  /** The state has changed: the account that the window was opened for may be there. */
  update(): void {
    const run = this.#run;
    if (!run?.before) return;
    const { connectionError } = this.state().nextModalState;
    const done = this.#accounts().find((account) => run.before?.get(account.id) !== mark(account));
    if (done) {
      run.before = undefined;
      run.credentialId = done.id;
      this.#goOn(run);
    } else if (connectionError) {
      run.before = undefined;
      this.#fail(run, toError(connectionError.message, connectionError), "oauth");
    }
  }

  async setAccountType(id: string): Promise<void> {
    const run = this.#current();
    run.accountType = accountTypes(run.integration).find((one) => one.id === id);
    run.accountTypeAsked = false;
    this.#goOn(run);
  }

  async setPreOptions(values: Values): Promise<void> {
    const run = this.#current();
    run.pre = values;
    if (scheme(run.integration, run.accountType) === "oauth") this.#goOn(run);
    else await this.#save(run, values, "preOptions");
  }

  async setPostOptions(values: Values): Promise<void> {
    const run = this.#current();
    run.post = values;
    await this.#save(run, values, "postOptions");
  }

  async retry(): Promise<void> {
    this.#openWindow(this.#current());
  }

  async cancel(): Promise<void> {
    this.#run = undefined;
  }

  next(): InstallFlowStage {
    return this.#stage(this.#current());
  }

  getAccountTypeValue = () => this.#run?.accountType?.id ?? null;
  getPreOptionsValue = () => this.#run?.pre ?? null;
  getPostOptionsValue = () => this.#run?.post ?? null;

  #current(): Run {
    if (!this.#run) throw new Error("No account is being connected.");
    return this.#run;
  }

  #accounts(): IConnectCredential[] {
    const update = this.state();
    const { user } = update.nextContext;
    return (user.authenticated && user.integrations[typeOf(update) ?? ""]?.allCredentials) || [];
  }

  #stage(run: Run): InstallFlowStage {
    const { integration, accountType } = run;
    const address = packageAddress(integration, accountType);
    if (!run.credentialId) {
      if (run.accountTypeAsked) {
        return { stage: "accountType", options: accountTypes(integration, this.state().nextModalState.apiInstallationOptions), done: false };
      }
      if (address && !run.instructed) return this.#instruction(run, address);
      const inputs = preInputs(integration, accountType);
      if (inputs.length > 0 && !run.pre) return { stage: "preOptions", options: inputs, done: false };
      if (scheme(integration, accountType) === "oauth") return { stage: "oauth", done: false };
    }
    const inputs = postInputs(integration, accountType);
    const account = this.#accounts().find(({ id }) => id === run.credentialId);
    if (inputs.length > 0 && account?.status === "PENDING") return { stage: "postOptions", options: inputs, done: false };
    return { stage: "done", done: true };
  }

  #instruction(run: Run, address: string): InstallFlowStage {
    const { instruction, openPackage, copyLink, finished } = this.texts;
    const onClick = () => {
      run.instructed = true;
      this.#goOn(run);
    };
    return {
      stage: "instruction",
      content: instruction,
      ctas: [
        { type: "link", label: openPackage, href: address },
        { type: "copyButton", label: copyLink, copyText: address },
      ],
      finish: { type: "finishButton", label: finished, onClick },
      packageInstallUrl: address,
      done: false,
    };
  }

  #goOn(run: Run): void {
    if (run !== this.#run) return;
    const stage = this.#stage(run);
    if (stage.stage === "done") {
      this.#run = undefined;
      const credential = this.#accounts().find(({ id }) => id === run.credentialId);
      run.options.onComplete?.({ integrationId: run.integration.id, integrationType: run.type, credentialId: run.credentialId, credential });
      return;
    }
    run.options.onNext?.(stage);
    if (stage.stage === "oauth") this.#openWindow(run);
  }

  #openWindow(run: Run): void {
    this.#forgetError();
    run.before = new Map(this.#accounts().map((account) => [account.id, mark(account)]));
    // The official SDK opens no window for values that were filled in (Shopify's), unless it believes that the app shows its
    // own forms. Other SDKs refuse to be told that, and need not be.
    const headless = (on: boolean) => run.pre && void this.bridge.invoke("setHeadless", on).catch(() => {});
    headless(true);
    this.bridge.invoke("startOAuthFlow", run.type, this.#installOptions(run)).catch((error: Error) => this.#fail(run, error, "oauth"));
    headless(false);
  }

  async #save(run: Run, payload: Values, stage: "preOptions" | "postOptions"): Promise<void> {
    this.#forgetError();
    const before = new Set(this.#accounts().map(({ id }) => id));
    const response = {
      integrationId: run.integration.id,
      payload: { ...payload, ...(run.accountType?.skipPostOAuthInputs && { skipPostOAuthInputs: true }) },
    };
    try {
      const { accountType, ...installOptions } = this.#installOptions(run);
      const event = await this.bridge.invoke<{ credentialId?: string } | undefined>("_oauthCallback", response, run.credentialId, {
        installOptions: { ...installOptions, ...(accountType !== undefined && { accountType }) },
      });
      // The official SDK answers a refusal with nothing, and says in the state what was wrong.
      const { connectionError } = this.state().nextModalState;
      if (connectionError) throw toError(connectionError.message, connectionError);
      run.credentialId ??= event?.credentialId ?? this.#accounts().find(({ id }) => !before.has(id))?.id ?? run.options.selectedCredentialId;
      if (!run.credentialId) throw toError(undefined, {});
      this.#goOn(run);
    } catch (error) {
      this.#fail(run, error as Error, stage);
    }
  }

  /** An error of an attempt before is not this one's. */
  #forgetError(): void {
    if (this.state().nextModalState.connectionError) void this.bridge.invoke("setModalState", { connectionError: null });
  }

  #installOptions(run: Run) {
    const { allowMultipleCredentials, externalId, selectedCredentialId, overrideRedirectUrl } = run.options;
    const given = this.state().nextModalState.apiInstallationOptions ?? {};
    const entries = Object.entries({
      overrideRedirectUrl: overrideRedirectUrl ?? given["overrideRedirectUrl"],
      allowMultipleCredentials: allowMultipleCredentials ?? given.allowMultipleCredentials,
      externalId: externalId ?? given.externalId,
      selectedCredentialId,
      accountType: run.accountType?.id,
      endUserSuppliedValues: run.pre,
    });
    return Object.fromEntries(entries.filter(([, value]) => value !== undefined)) as Record<string, unknown>;
  }

  #fail(run: Run, error: Error, stage: "preOptions" | "oauth" | "postOptions"): void {
    if (run !== this.#run) return;
    if (stage === "preOptions") run.pre = undefined;
    run.options.onError?.(error as never, { stage });
  }
}

/** What changes when an account is connected again. */
const mark = ({ status, dateUpdated, dateRefreshed }: IConnectCredential) => `${status} ${String(dateUpdated)} ${String(dateRefreshed)}`;

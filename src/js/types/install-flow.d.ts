// The headless install flow: its stages, options and methods.
import type { InstallFlowError } from "./errors.js";
import type { IntegrationInstallEvent } from "./events.js";
import type { ConnectInputValue, IntegrationConnectInput } from "./inputs.js";
import type { AccountType } from "./integration.js";

export type Link = {
  type: "link";
  label: string;
  href: string;
};

export type CopyButton = {
  type: "copyButton";
  label: string;
  copyText: string;
};

export type FinishButton = {
  type: "finishButton";
  label: string;
  /** Ends the instruction and goes to the next stage. */
  onClick: () => void;
};

/** Something to do in an instruction. */
export type CTA = Link | CopyButton;

/** The user chooses a kind of account: answer with `setAccountType`. */
export type AccountTypeStage = {
  stage: "accountType";
  options: AccountType[];
  done: false;
};

/** The user does something at the provider first: answer with `finish.onClick`. */
export type InstructionStage = {
  stage: "instruction";
  /** Markdown. */
  content: string;
  ctas: CTA[];
  finish: FinishButton;
  packageInstallUrl: string;
  done: false;
};

/** The user fills in inputs before the account is connected: answer with `setPreOptions`. */
export type PreOptionsStage = {
  stage: "preOptions";
  options: IntegrationConnectInput[];
  done: false;
};

/** The OAuth popup is open. Nothing to answer; `cancel` ends it. */
export type OAuthStage = {
  stage: "oauth";
  done: false;
};

/** The account is connected but needs more inputs: answer with `setPostOptions`. */
export type PostOptionsStage = {
  stage: "postOptions";
  options: IntegrationConnectInput[];
  done: false;
};

export type DoneStage = {
  stage: "done";
  done: true;
};

/** Where an install flow stands; narrow it by `stage`. */
export type InstallFlowStage =
  | AccountTypeStage
  | InstructionStage
  | PreOptionsStage
  | OAuthStage
  | PostOptionsStage
  | DoneStage;

export type OnErrorContext = {
  /** The stage that failed. */
  stage: Exclude<InstallFlowStage["stage"], "done">;
};

export type StartOptions = {
  /** The account is connected and VALID. Called once, and nothing is called after it. */
  onComplete?: (installationEvent: IntegrationInstallEvent) => void;
  /** A stage was reached. `done` is never delivered: `onComplete` stands for it. */
  onNext?: (nextState: InstallFlowStage) => void;
  /** A stage failed. The context is null if no stage had been reached. */
  onError?: (error: InstallFlowError, context: null | OnErrorContext) => void;
  /** The flow was left before its end: it was cancelled, another began, or the user is gone. Nothing is called after it. */
  onCancel?: () => void;
  /** How long the user may take in the OAuth popup, in milliseconds; then it is closed with an `OAuthTimeoutError`. */
  oauthTimeout?: number;
  /** Open a tab for the provider instead of a window of its own. */
  inTab?: boolean;
  /**
   * Let this page itself go to the provider, without any popup. It comes back to its own address, where `returned` names the
   * integration and `resume` takes the flow up. Local platforms only.
   */
  inPage?: boolean;
  /** The account type to take, or the types to choose from: `AccountType.id`. Absent: the stage `accountType` asks. */
  accountType?: string | string[];
  /** Connect one more account beside those there are. */
  allowMultipleCredentials?: boolean;
  /** Where the provider sends the user back to, instead of the platform's own callback. */
  overrideRedirectUrl?: string;
  /** Connect this account again: a credential id, `ext:<external id>`, or an external id. */
  selectedCredentialId?: string;
  /** The app's own id of the new account. Cannot be combined with `selectedCredentialId`. */
  externalId?: string;
};

/** How to try again; what is not named stays as it was. */
export type FlowRetryOptions = Pick<StartOptions, "inPage" | "inTab" | "oauthTimeout">;

/** What `run` gives: a stage, with what has failed in it; at the end, what was installed. */
export type RunStage =
  | (Exclude<InstallFlowStage, DoneStage> & { error?: InstallFlowError })
  | (DoneStage & { event: IntegrationInstallEvent });

/** Options of an install whose callbacks are somebody else's. */
export type RunOptions = Omit<StartOptions, "onCancel" | "onComplete" | "onError" | "onNext">;

/** What an {@link InstructionStage} tells the user. */
export type InstructionMetadata = Pick<InstructionStage, "content" | "ctas" | "finish" | "packageInstallUrl">;

/**
 * Connects an integration step by step, with the app's own user interface. Failures of a stage go to
 * `onError` of `start`, not to the promises; those reject only if no flow is active or the argument is of a wrong type. Starting a flow ends the one before.
 */
export interface InstallFlow {
  /**
   * Begins. Call it in the turn of the user's click, so that the browser allows the popup.
   * @param integrationName the integration's type, such as `"slack"`
   */
  start(integrationName: string, startOptions?: StartOptions): void;
  /**
   * Asks ahead what the popup will need, for instance when the pointer comes near the button: with the options that `start`
   * will get, at most five minutes before. Does nothing where the user has to answer something before the popup.
   */
  prepare(integrationName: string, startOptions?: StartOptions): void;
  /**
   * Goes on with what the page had left for, if it has come back (`returned`). Otherwise with an account that is PENDING: it is
   * there, but has not been asked everything; perhaps before the page was loaded anew. `selectedCredentialId` names one of
   * several. `cancel` removes it.
   */
  resume(integrationName: string, startOptions?: StartOptions): void;
  /**
   * The integration that this page had left for (`inPage`), if it has just come back from the provider: pass it to `resume`
   * once the user is authenticated.
   */
  returned(): string | undefined;
  /** Connects an account again, whichever integration it belongs to; its settings stay. Otherwise the same as `start`. */
  reconnect(credentialId: string, startOptions?: StartOptions): void;
  /**
   * The same as `start`, with the stages as an iterator. A stage that fails comes again, with its `error`. Leaving the loop
   * cancels the flow; the loop ends if the flow does. Begin it in the turn of the user's click.
   * @throws {ParagonError} if the flow cannot begin
   */
  run(integrationName: string, runOptions?: RunOptions): AsyncGenerator<RunStage, void, void>;
  /**
   * Opens the popup again after the stage `oauth` has failed (blocked, closed, denied, timed out). What was
   * answered before is kept. Call it in the turn of the user's click; `inTab` and `inPage` are ways that no browser blocks.
   * @throws {ParagonError} `NoActiveInstallFlowError` if none is active
   */
  retry(retryOptions?: FlowRetryOptions): Promise<void>;
  /** Ends the flow, closes its popup, and takes away the account that it had begun to connect. */
  cancel(): Promise<void>;
  /** Answers the stage `accountType` with an `AccountType.id`. */
  setAccountType(accountType: string): Promise<void>;
  /** Answers the stage `preOptions` with values by input id. */
  setPreOptions(options: Record<string, ConnectInputValue>): Promise<void>;
  /** Answers the stage `postOptions` with values by input id. */
  setPostOptions(options: Record<string, ConnectInputValue>): Promise<void>;
  /** Null until it is answered. */
  getAccountTypeValue(): string | null;
  /** Null until they are answered. */
  getPreOptionsValue(): Record<string, ConnectInputValue> | null;
  /** Null until they are answered. */
  getPostOptionsValue(): Record<string, ConnectInputValue> | null;
  /**
   * Where the flow stands.
   * @throws {ParagonError} `NoActiveInstallFlowError` if none is active
   */
  next(): InstallFlowStage;
}

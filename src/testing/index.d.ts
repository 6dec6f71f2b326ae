// Types of `paragon-connect/testing`.

/** Starts a platform; resolves when it answers. @throws PlatformError with the program's own reason. */
export declare function start(options?: StartOptions): Promise<Platform>;

export interface StartOptions {
  /** The program. Default: PARAGON_LOCAL of the environment, then `target/release` or `target/debug` of this folder or one above it, then PATH. */
  binary?: string;
  /** Data folder. Default: everything is in memory and ends with the process. */
  data?: string;
  /** Text of a project file (TOML). Default: that of the data folder, or the built-in one. */
  projectFile?: string;
  /** Users and accounts to begin with, and to which `reset()` goes back. */
  seed?: SeedUser[];
  /** All ids of the first project follow from this text. */
  ids?: string;
  /** Port of the platform. Default: any free one. */
  port?: number;
  /** How long the start may take, in milliseconds. Default: 60000. */
  timeoutMs?: number;
}

/** A project: keys, users, clock, journal, faults and sandbox providers of its own. */
export declare class Project {
  /** `start()` and `createProject()` make them. */
  protected constructor();
  /** For `authenticate()`. */
  readonly id: string;
  /** For `configureGlobal({ host })`. */
  readonly address: string;
  /** Origin of the sandbox providers. */
  readonly sandbox: string;
  /** Private key (PEM) that signs user tokens, for an app's server that signs them itself. */
  readonly signingKey: string;
  /** API key, which opens the task history of workflows. */
  readonly apiKey: string;
  readonly clock: Clock;
  readonly faults: Faults;
  readonly journal: Journal;
  readonly snapshots: Snapshots;
  /**
   * A user token, as the app's server would sign it. It lasts `seconds` (3600) by the project's clock, and may do everything
   * unless `permissions` (its claim `urn:useparagon:connect:permissions`) say what.
   */
  token(user: string, options?: { seconds?: number; permissions?: Permissions }): Promise<string>;
  /** Adds users and connected accounts. Answers the ids of the accounts, in the same order. */
  seed(users: SeedUser[]): Promise<{ id: string; credentialIds: string[] }[]>;
  /** Back to the snapshot "seed", or to nothing if there is none: users, accounts, clock; no faults, an empty journal. */
  reset(): Promise<void>;
  /** Throws the project away. The first one cannot be thrown away. */
  delete(): Promise<void>;
}

/** What a token may reach. On each level the most specific scope that fits decides alone. */
export type Permissions = { [scope in Scope]?: true | string[] | Permissions };

/** `credential:` is followed by an account's id, `configuration:ext:` by an external id. */
export type Scope =
  | "integration:*"
  | `integration:${string}`
  | "credential:*"
  | `credential:${string}`
  | "configuration:*"
  | `configuration:ext:${string}`;

/** A running platform. It is its own first project. */
export declare class Platform extends Project {
  /** Address of the console, with this run's secret: for a person who wants to look on while tests run. */
  readonly console: string;
  /** Origin of the demo. */
  readonly demo: string;
  /** A further project, for tests that run at the same time. */
  createProject(options?: { ids?: string; projectFile?: string }): Promise<Project>;
  /** Ends the process. */
  stop(): Promise<void>;
}

/** The platform refused, or did not answer. */
export declare class PlatformError extends Error {
  /** Stable name: `calls_missing`, `not_started`, `binary_missing`, `unreachable`, or the platform's own. */
  readonly code: string | undefined;
  /** HTTP status, if the platform answered. */
  readonly status: number | undefined;
  /** For `calls_missing`: what did come. */
  readonly calls: Call[] | undefined;
}

export interface SeedUser {
  /** The app's id of the user. */
  id: string;
  meta?: Record<string, unknown>;
  accounts?: SeedAccount[];
}

export interface SeedAccount {
  /** Name of the integration, such as `slack` or `custom.mine`. */
  integration: string;
  /** Whose account it is at the sandbox provider. Default: `ada`. */
  as?: "ada" | "grace" | "alan";
  /** What the user enters: keys, a shop's name. */
  inputs?: Record<string, unknown>;
  /** The install options that concern the platform. */
  options?: { externalId?: string; allowMultipleCredentials?: boolean; accountType?: string };
}

/** A time: a `Date`, ISO 8601, or milliseconds since 1970. */
export type Time = Date | string | number;

export interface ClockState {
  now: Date;
  frozen: boolean;
}

export interface Clock {
  read(): Promise<ClockState>;
  /** Stops it, at a time if one is given. */
  freeze(at?: Time): Promise<ClockState>;
  /** Lets it run on. */
  resume(): Promise<ClockState>;
  set(at: Time): Promise<ClockState>;
  /** Milliseconds. */
  advance(ms: number): Promise<ClockState>;
  /** Back to the machine's time. */
  reset(): Promise<ClockState>;
}

/** `page`: pages of the sandbox providers, as browsers ask for them. */
export type FaultKind = CallKind | "page";

export type Effect =
  /** Another answer; the call is not carried out. `retryAfter` in seconds. */
  | { kind: "status"; status: number; retryAfter?: number; body?: unknown }
  | { kind: "slow"; ms: number }
  | { kind: SimpleEffect };

/**
 * `reset`: the connection breaks before the answer. `half-body`: in the middle of it. `bad-json`: the answer does not parse.
 * `revoked-token`: the provider takes neither access nor refresh token. `failing-refresh`: it does not renew. `coop`: its pages
 * sever themselves from their opener.
 */
export type SimpleEffect = "reset" | "half-body" | "bad-json" | "revoked-token" | "failing-refresh" | "coop";

export interface Rule {
  on?: FaultKind;
  method?: string;
  /** Path, or address of a request to a provider, without the query; `*` stands for anything. */
  path?: string;
  integration?: string;
  user?: string;
  /** So many calls go well first. */
  after?: number;
  /** Then so many are broken. Default: all. */
  times?: number;
  /** How likely it is that a call is broken, from 0 to 1. */
  probability?: number;
  /** The same seed breaks the same calls. */
  seed?: number;
  effect: Effect | SimpleEffect;
}

export interface Fault extends Omit<Rule, "effect"> {
  id: number;
  effect: Effect;
  /** Calls that it was for, and calls that it broke. */
  matched: number;
  applied: number;
}

export interface Faults {
  add(rule: Rule): Promise<Fault & { remove(): Promise<void> }>;
  list(): Promise<Fault[]>;
  clear(): Promise<void>;
}

/** `hermes`: events and triggers. `provider`: what the platform asks providers. */
export type CallKind = "api" | "proxy" | "oauth" | "hermes" | "provider";

export interface Filter {
  kind?: CallKind;
  method?: string;
  /** Path, or address of a request to a provider, without the query; `*` stands for anything. */
  path?: string;
  /** `"404"` or `"4xx"`. */
  status?: string;
  user?: string;
  integration?: string;
  /** Whether a fault was made. */
  faulty?: boolean;
  /** A text in the request's body, or in the answer's. */
  sent?: string;
  answered?: string;
  /** Only calls with a higher id. */
  after?: number;
  /** Only what was asked of providers for this call. */
  parent?: number;
  /** The last so many. */
  limit?: number;
}

/** Secrets are replaced by `[redacted]`. Bodies: parsed JSON, text, `{ binary: true }`, or null. */
export interface Call {
  id: number;
  parent: number | null;
  kind: CallKind;
  at: string;
  method: string;
  address: string;
  user: string | null;
  integration: string | null;
  status: number | null;
  durationMs: number | null;
  fault: string | null;
  error: string | null;
  request: Message;
  response: Message;
}

export interface Message {
  headers: Record<string, string>;
  /** Bytes of the whole body; only its beginning is kept. */
  size: number;
  body: unknown;
}

export interface Journal {
  /** Oldest first, 500 at most. */
  find(filter?: Filter): Promise<Call[]>;
  /** As soon as there are `count` (1) of them. @throws PlatformError `calls_missing` after `timeoutMs` (5000, at most 60000). */
  wait(filter?: Filter, options?: { count?: number; timeoutMs?: number }): Promise<Call[]>;
  clear(): Promise<void>;
}

export interface Snapshots {
  /** The name "seed" makes it what `reset()` goes to. */
  save(name: string): Promise<void>;
  load(name: string): Promise<void>;
  list(): Promise<{ name: string; saved: Date }[]>;
  delete(name: string): Promise<void>;
  /** Plain JSON. It holds the tokens of the connected accounts. */
  export(name: string): Promise<object>;
  import(name: string, snapshot: object): Promise<void>;
}

// What the admin API answers.

import type { CallKind, Message, Call as WholeCall } from "paragon-connect/testing";

export type { CallKind, Message, WholeCall };

/** A line about a call; `GET journal/<id>` has headers and bodies. */
export type Call = Omit<WholeCall, "request" | "response"> & {
  /** Milliseconds since 1970, by the machine's clock. */
  noted: number;
  /** Bytes of the request's body. */
  sent: number;
  /** Bytes of the answer's body. */
  answered: number;
};

export type Counts = { good: number; refused: number; failed: number; latency: number[] };
export type Slice = { at: number; incoming: Counts; outgoing: Counts };

export type FaultKind = CallKind | "page";
export type Effect = { kind: string; status?: number; retryAfter?: number; body?: unknown; ms?: number };
export type Rule = {
  on?: FaultKind;
  method?: string;
  path?: string;
  integration?: string;
  user?: string;
  after?: number;
  times?: number;
  probability?: number;
  seed?: number;
  effect: Effect;
};
export type Fault = Rule & { id: number; matched: number; applied: number };

/** Milliseconds. */
export type ClockSetting = { offsetMs: number; frozenAt: number | null };

/** One event of the stream: what has changed. */
export type News = {
  calls?: Call[];
  oldest?: number;
  slices?: Slice[];
  clears?: number;
  clock?: ClockSetting;
  faults?: Fault[];
  stored?: number;
  projects?: string[];
  tally?: { sliceMs: number; classes: number[] };
};

export type Named = { key: string; name: string };
export type ListedUser = { id: string; personaId: string; created: string; credentials: number; unusable: number };
export type Configuration = {
  id: string;
  workflowSettings: Record<string, { enabled?: boolean; settings?: Record<string, unknown> }>;
  sharedSettings: Record<string, unknown>;
  isDefault: boolean;
  externalId?: string;
};
export type Credential = {
  id: string;
  integration: Named | null;
  integrationId: string;
  status: "VALID" | "PENDING" | "INVALID";
  providerId: string;
  providerData: Record<string, unknown>;
  configurations: Configuration[];
  dateCreated: string;
  dateRefreshed: string;
  dateValidUntil?: string;
  refreshFailureCount: number;
  externalId?: string;
  accountType: string | null;
  canExpire: boolean;
  canRevoke: boolean;
};
export type User = { id: string; personaId: string; meta: Record<string, unknown>; credentials: Credential[] };

export type Trigger = { kind: string; event?: string; type?: string; cron?: string; intervalSeconds?: number; timeZone?: string };
export type CatalogWorkflow = { id: string; key: string; description: string; trigger: Trigger | null };
export type CatalogIntegration = Named & { id: string; active: boolean; users: number; workflows: CatalogWorkflow[] };
export type Catalog = { integrations: CatalogIntegration[] };

export type RunStatus = "EXECUTING" | "DELAYED" | "SUCCEEDED" | "FAILED";
export type Run = {
  id: string;
  user: string;
  personaId: string;
  integration: Named | null;
  workflow: string;
  /** Missing if the workflow is no longer in the project file. */
  description: string | null;
  trigger: Trigger | null;
  status: RunStatus;
  started: string;
  ended: string | null;
  due: string | null;
  durationMs: number | null;
  tasks: number;
  replayOf: string | null;
};
export type Step = {
  id: string;
  /** Its number, after the items of fan outs around it: `3[0]/4`. */
  place: string;
  type: string;
  status: RunStatus;
  attempts: number;
  due: string | null;
  started: string;
  startedMs: number;
  ended: string | null;
  endedMs: number | null;
  input: unknown;
  output: unknown;
};
/** A step as it is declared. */
export type Declared = {
  number: number;
  name: string | null;
  type: string;
  method?: string;
  url?: string;
  then?: Declared[];
  else?: Declared[];
  over?: string;
  steps?: Declared[];
  status?: number;
};
export type WholeRun = Run & { steps: Step[]; outline: Declared[] };

export type Project = { id: string; address: string; sandbox: string };
export type Snapshot = { name: string; saved: number };

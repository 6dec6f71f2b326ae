// Runs in the host page, the same with either SDK: puts it on `window`, and writes down all that it reports.

import type { InstallFlowError, InstallFlowStage, Paragon, StartOptions, createParagon, paginate } from "paragon-connect";

export type Entry =
  | { flow: number; kind: "stage"; stage: InstallFlowStage }
  | { flow: number; kind: "complete"; event: { integrationId: string; integrationType: string; credentialId?: string } }
  | { flow: number; kind: "error"; error: Reported; at: string | undefined };

/** An error, as far as it can leave the page. */
export type Reported = {
  name: string;
  message: string;
  code?: string;
  status?: number;
  retryable?: boolean;
  meta?: Record<string, unknown> | null;
  response?: Record<string, unknown>;
};

export type Happened = { name: string; event: Record<string, unknown>; userIsThere: boolean };

export type Recorder = {
  log: Entry[];
  events: Happened[];
  /** Names of callbacks and events in the order in which they came. */
  order: string[];
  /** What a click can do. */
  actions: Record<string, (...args: never[]) => unknown>;
  /** What the last click's call came to. */
  result: { value?: unknown; error?: Reported } | undefined;
  report: (error: unknown) => Reported;
};

declare global {
  interface Window {
    paragon: Paragon;
    /** With our package only. */
    createParagon: typeof createParagon;
    paginate: typeof paginate;
    /** The whole package, with ours only. */
    sdk: object;
    second?: Paragon;
    /** What a call came to that nobody waits for. */
    outcome?: { value?: unknown; error?: Reported };
    recorder: Recorder;
  }
}

const EVENTS = ["onIntegrationInstall", "onIntegrationUninstall", "onWorkflowChange", "onPortalOpen", "onPortalClose"] as const;

export function expose(paragon: Paragon): void {
  let flows = 0;
  let shown: InstallFlowStage | undefined;
  const plain = <T>(value: T): T => JSON.parse(JSON.stringify(value));
  const report = (thrown: unknown): Reported => {
    const { name, message, code, status, retryable, meta, response } = thrown as InstallFlowError;
    return plain({ name, message, code, status, retryable, meta, response });
  };
  const recorded = (options: StartOptions = {}): StartOptions => {
    const flow = ++flows;
    return {
      ...options,
      onNext: (stage) => {
        shown = stage;
        recorder.order.push(`onNext ${stage.stage}`);
        recorder.log.push({ flow, kind: "stage", stage: plain(stage) });
      },
      onComplete: (event) => {
        recorder.order.push("onComplete");
        recorder.log.push({ flow, kind: "complete", event: plain(event) });
      },
      onError: (error, context) => recorder.log.push({ flow, kind: "error", error: report(error), at: context?.stage }),
    };
  };
  const recorder: Recorder = {
    log: [],
    events: [],
    order: [],
    result: undefined,
    report,
    actions: {
      start: (type: string, options?: StartOptions) => paragon.installFlow.start(type, recorded(options)),
      resume: (type: string, options?: StartOptions) => paragon.installFlow.resume(type, recorded(options)),
      reconnect: (id: string, options?: StartOptions) => paragon.installFlow.reconnect(id, recorded(options)),
      finishInstruction() {
        if (shown?.stage !== "instruction") throw new Error(`the stage is ${shown?.stage}`);
        shown.finish.onClick();
      },
      retry: () => paragon.installFlow.retry(),
      setAccountType: (id: string) => paragon.installFlow.setAccountType(id),
      setPreOptions: (values: Record<string, string>) => paragon.installFlow.setPreOptions(values),
      setPostOptions: (values: Record<string, string>) => paragon.installFlow.setPostOptions(values),
      installIntegration: (type: string, options = {}) =>
        paragon.installIntegration(type, {
          ...options,
          onSuccess: () => recorder.order.push("onSuccess"),
          onInstall: () => recorder.order.push("onInstall"),
        }),
    },
  };
  for (const name of EVENTS) {
    paragon.subscribe(name, (event, user) => {
      recorder.order.push(name);
      recorder.events.push({ name, event: plain(event) as Happened["event"], userIsThere: user.authenticated });
    });
  }
  window.paragon = paragon;
  window.recorder = recorder;
}

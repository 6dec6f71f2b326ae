// The headless install flow as state: the stage to show, the error to show, and ways on.
import type { ConnectInputValue, InstallFlowStage, IntegrationInstallEvent, StartOptions } from "paragon-connect";
import { useCallback, useEffect, useRef, useState } from "react";
import { toShownError, type ShownError } from "../errors.js";
import { useParagon } from "../context.js";
import { storeOf } from "../store.js";

type Stage = Exclude<InstallFlowStage, { stage: "done" }>;
type StageName = Stage["stage"];
type Values = Record<string, ConnectInputValue>;
/** `StartOptions` without the callbacks: those are this hook's. */
export type InstallOptions = Omit<StartOptions, "onNext" | "onComplete" | "onError">;

/** Where the flow stands: what to show. */
export type InstallFlowState =
  | { phase: "idle" }
  | { phase: "starting"; options: InstallOptions }
  | { phase: "active"; options: InstallOptions; stage: Stage; busy: boolean; error: ShownError | null }
  | { phase: "failed"; options: InstallOptions; failed: StageName | null; error: ShownError }
  | { phase: "complete"; options: InstallOptions; event: IntegrationInstallEvent };

export type InstallFlowHandlers = {
  onStage?: (stage: Stage) => void;
  onComplete?: (event: IntegrationInstallEvent) => void;
  onError?: (error: ShownError, stage: StageName | null) => void;
};

export type InstallFlowControls = {
  state: InstallFlowState;
  start: (options?: InstallOptions) => void;
  setAccountType: (id: string) => void;
  finishInstruction: () => void;
  setPreOptions: (values: Values) => void;
  setPostOptions: (values: Values) => void;
  /** Tries again what failed: opens the popup again, or begins again. For the turn of a click. */
  retry: () => void;
  /** Goes back to the last form, to answer it differently; null if there was none. */
  back: (() => void) | null;
  /** Ends the flow. After it is complete, only forgets it. */
  close: () => void;
};

const IDLE: InstallFlowState = { phase: "idle" };

/**
 * Connects an integration. `start` and what answers a stage belong into the turn of a click, so that the browser allows the
 * provider's window. A component that goes while a flow is under way ends it.
 */
export function useInstallFlow(type: string, handlers: InstallFlowHandlers = {}): InstallFlowControls {
  const paragon = useParagon();
  const refreshUser = useCallback(() => storeOf(paragon).refresh(), [paragon]);
  const [state, setState] = useState<InstallFlowState>(IDLE);
  const latest = useRef(handlers);
  latest.current = handlers;
  const attempt = useRef(0);
  const lastForm = useRef<Stage | null>(null);

  const start = useCallback((options: InstallOptions = {}) => {
    const mine = ++attempt.current;
    const isCurrent = () => mine === attempt.current;
    lastForm.current = null;
    setState({ phase: "starting", options });

    function fail(thrown: unknown, failed: StageName | null) {
      if (!isCurrent()) return;
      refreshUser();
      const error = toShownError(thrown);
      latest.current.onError?.(error, failed);
      setState((before) => afterError(before, options, error, failed));
    }

    try {
      paragon.installFlow.start(type, {
        ...options,
        onNext(next) {
          if (!isCurrent() || next.stage === "done") return;
          refreshUser();
          latest.current.onStage?.(next);
          if (next.stage === "accountType" || next.stage === "preOptions") lastForm.current = next;
          setState({ phase: "active", options, stage: next, busy: false, error: null });
        },
        onComplete(event) {
          if (!isCurrent()) return;
          refreshUser();
          latest.current.onComplete?.(event);
          setState({ phase: "complete", options, event });
        },
        onError: (thrown, context) => fail(thrown, context?.stage ?? null),
      });
    } catch (thrown) {
      fail(thrown, null);
    }
  }, [paragon, refreshUser, type]);

  // Leaving the page ends a flow that is under way; what it still reports is for nobody.
  const phase = useRef(state.phase);
  phase.current = state.phase;
  useEffect(
    () => () => {
      attempt.current++;
      if (phase.current === "idle" || phase.current === "complete") return;
      void paragon.installFlow.cancel().finally(refreshUser);
    },
    [paragon, refreshUser],
  );

  /** The answered stage stays on the screen, busy, until the next one or an error arrives. */
  function answer(give: () => unknown) {
    setState((before) => (before.phase === "active" ? { ...before, busy: true, error: null } : before));
    const refused = (thrown: unknown) =>
      setState((before) => (before.phase === "active" ? afterError(before, before.options, toShownError(thrown), before.stage.stage) : before));
    try {
      Promise.resolve(give()).catch(refused);
    } catch (thrown) {
      refused(thrown);
    }
  }

  function retry() {
    if (state.phase !== "failed") return;
    const { options, failed } = state;
    if (failed !== "oauth" || !paragon.installFlow.retry) return start(options);
    setState({ phase: "active", options, stage: { stage: "oauth", done: false }, busy: false, error: null });
    void paragon.installFlow.retry();
  }

  function back() {
    const form = lastForm.current;
    if (state.phase !== "failed" || !form) return;
    setState({ phase: "active", options: state.options, stage: form, busy: false, error: null });
  }

  function close() {
    attempt.current++;
    setState(IDLE);
    // What is complete stays: cancelling is for accounts that are not finished.
    if (state.phase === "idle" || state.phase === "complete") return;
    paragon.installFlow
      .cancel()
      .catch((thrown: unknown) => latest.current.onError?.(toShownError(thrown), null))
      .finally(refreshUser);
  }

  return {
    state,
    start,
    setAccountType: (id) => answer(() => paragon.installFlow.setAccountType(id)),
    finishInstruction: () => {
      if (state.phase === "active" && state.stage.stage === "instruction") answer(state.stage.finish.onClick);
    },
    setPreOptions: (values) => answer(() => paragon.installFlow.setPreOptions(values)),
    setPostOptions: (values) => answer(() => paragon.installFlow.setPostOptions(values)),
    retry,
    back: state.phase === "failed" && state.failed === "oauth" && lastForm.current ? back : null,
    close,
  };
}

/** A form that was refused can be sent again; anything else needs a new try. */
function afterError(before: InstallFlowState, options: InstallOptions, error: ShownError, failed: StageName | null): InstallFlowState {
  const form = before.phase === "active" && before.stage.stage !== "oauth" && before.stage.stage === failed ? before.stage : null;
  return form
    ? { phase: "active", options, stage: form, busy: false, error }
    : { phase: "failed", options, failed, error };
}

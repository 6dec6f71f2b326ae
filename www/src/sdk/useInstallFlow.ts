// The headless install flow as state: the stage to show, the error to show, and ways on.
import { paragon, type ConnectInputValue, type InstallFlowStage, type IntegrationInstallEvent, type StartOptions } from "paragon-connect";
import { useCallback, useEffect, useRef, useState } from "react";
import { toShownError, type ShownError } from "./errors";
import { refreshUser } from "./userStore";

type Stage = Exclude<InstallFlowStage, { stage: "done" }>;
type StageName = Stage["stage"];
type Values = Record<string, ConnectInputValue>;
type Target = { type: string; options: StartOptions };

export type InstallFlowState =
  | { phase: "idle" }
  | { phase: "starting"; target: Target }
  | { phase: "active"; target: Target; stage: Stage; busy: boolean; error: ShownError | null }
  | { phase: "failed"; target: Target; failed: StageName | null; error: ShownError }
  | { phase: "complete"; target: Target; event: IntegrationInstallEvent };

export type InstallFlowHandlers = {
  onStage?: (type: string, stage: Stage) => void;
  onComplete?: (event: IntegrationInstallEvent) => void;
  onError?: (type: string, error: ShownError, stage: StageName | null) => void;
};

export type InstallFlowControls = {
  state: InstallFlowState;
  start: (type: string, options?: StartOptions) => void;
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

export function useInstallFlow(handlers: InstallFlowHandlers = {}): InstallFlowControls {
  const [state, setState] = useState<InstallFlowState>(IDLE);
  const latest = useRef(handlers);
  latest.current = handlers;
  const attempt = useRef(0);
  const lastForm = useRef<Stage | null>(null);

  const start = useCallback((type: string, options: StartOptions = {}) => {
    const mine = ++attempt.current;
    const isCurrent = () => mine === attempt.current;
    const target = { type, options };
    lastForm.current = null;
    setState({ phase: "starting", target });

    function fail(thrown: unknown, failed: StageName | null) {
      if (!isCurrent()) return;
      refreshUser();
      const error = toShownError(thrown);
      latest.current.onError?.(type, error, failed);
      setState((before) => afterError(before, target, error, failed));
    }

    try {
      paragon.installFlow.start(type, {
        ...options,
        onNext(next) {
          if (!isCurrent() || next.stage === "done") return;
          refreshUser();
          latest.current.onStage?.(type, next);
          if (next.stage === "accountType" || next.stage === "preOptions") lastForm.current = next;
          setState({ phase: "active", target, stage: next, busy: false, error: null });
        },
        onComplete(event) {
          if (!isCurrent()) return;
          refreshUser();
          latest.current.onComplete?.(event);
          setState({ phase: "complete", target, event });
        },
        onError: (thrown, context) => fail(thrown, context?.stage ?? null),
      });
    } catch (thrown) {
      fail(thrown, null);
    }
  }, []);

  // Leaving the page ends a flow that is under way; what it still reports is for nobody.
  const phase = useRef(state.phase);
  phase.current = state.phase;
  useEffect(
    () => () => {
      attempt.current++;
      if (phase.current === "idle" || phase.current === "complete") return;
      void paragon.installFlow.cancel().finally(refreshUser);
    },
    [],
  );

  /** The answered stage stays on the screen, busy, until the next one or an error arrives. */
  function answer(give: () => unknown) {
    setState((before) => (before.phase === "active" ? { ...before, busy: true, error: null } : before));
    void give();
  }

  function retry() {
    if (state.phase !== "failed") return;
    const { target, failed } = state;
    if (failed !== "oauth") return start(target.type, target.options);
    setState({ phase: "active", target, stage: { stage: "oauth", done: false }, busy: false, error: null });
    void paragon.installFlow.retry();
  }

  function back() {
    const form = lastForm.current;
    if (state.phase !== "failed" || !form) return;
    setState({ phase: "active", target: state.target, stage: form, busy: false, error: null });
  }

  function close() {
    attempt.current++;
    setState(IDLE);
    // What is complete stays: cancelling is for accounts that are not finished.
    if (state.phase === "idle" || state.phase === "complete") return;
    const { type } = state.target;
    paragon.installFlow
      .cancel()
      .catch((thrown: unknown) => latest.current.onError?.(type, toShownError(thrown), null))
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
function afterError(before: InstallFlowState, target: Target, error: ShownError, failed: StageName | null): InstallFlowState {
  const form = before.phase === "active" && before.stage.stage !== "oauth" && before.stage.stage === failed ? before.stage : null;
  return form
    ? { phase: "active", target, stage: form, busy: false, error }
    : { phase: "failed", target, failed, error };
}

// Settings of an integration or of one of its workflows, as a form: values, changes, saving.
import type { ConnectInputValue } from "paragon-connect";
import { useCallback, useEffect, useMemo, useRef, useState } from "react";
import { useParagon } from "../context.js";
import { toShownError, type ShownError } from "../errors.js";
import { Saver, type SaveState } from "../saver.js";
import { storeOf } from "../store.js";
import { changesBy, initialValues, missingOf, type InputDefinition, type Values } from "../values.js";
import { useIntegration } from "./useIntegrations.js";

/** Milliseconds between the last change and its save. */
const SAVE_DELAY = 600;

export type SettingsOptions = {
  /** Settings of this workflow; without it those of the integration. */
  workflowId?: string;
  /** The account; without it the current one. */
  selectedCredentialId?: string;
  /** A configuration id or `ext:<external id>`; without it the account's default one. */
  selectedConfigurationId?: string;
  /** True: each change is saved a moment later. False: `save` saves them. */
  saveAsChanged?: boolean;
};

export type Settings = {
  /** The inputs that are for people. */
  inputs: InputDefinition[];
  values: Values;
  /** Sets a value. Choices that depend on it are cleared. */
  setValue: (input: InputDefinition, value: ConnectInputValue) => void;
  /** Saves what is not saved. True if all of it is at the platform. */
  save: () => Promise<boolean>;
  state: SaveState;
  /** Why the last save failed. */
  error: ShownError | null;
  /** What the platform finds wrong with what it has saved. */
  problems: string[];
  /** Ids of inputs that have to be filled in and are not. */
  missing: string[];
};

export function useSettings(type: string, options: SettingsOptions = {}): Settings {
  const { workflowId, selectedCredentialId, selectedConfigurationId, saveAsChanged = false } = options;
  const paragon = useParagon();
  const integration = useIntegration(type);
  const credential = integration?.accounts.find(({ id }) => id === (selectedCredentialId ?? integration.state?.credentialId));
  const configuration = credential?.configurations.find(({ id, externalId, isDefault }) =>
    selectedConfigurationId ? id === selectedConfigurationId || `ext:${externalId}` === selectedConfigurationId : isDefault,
  );
  const saved = workflowId ? configuration?.workflowSettings?.[workflowId]?.settings : configuration?.sharedSettings;
  const config = integration?.config;
  const inputs: InputDefinition[] = useMemo(() => {
    const all = workflowId ? config?.availableWorkflows.find(({ id }) => id === workflowId)?.inputs : config?.availableUserSettings;
    return all ?? [];
  }, [config, workflowId]);

  const [changes, setChanges] = useState<Values>({});
  const [state, setState] = useState<SaveState>("saved");
  const [error, setError] = useState<ShownError | null>(null);
  const [problems, setProblems] = useState<string[]>([]);
  const isThere = useRef(true);

  const saver = useMemo(() => {
    const target = { selectedCredentialId: credential?.id, selectedConfigurationId };
    return new Saver<Values>({
      delay: saveAsChanged ? SAVE_DELAY : null,
      async save(values) {
        // A value that is gone has to be named, or the platform would keep it.
        const update = Object.fromEntries(Object.entries(values).map(([id, value]) => [id, value === undefined ? null : value])) as Values;
        const answer = workflowId
          ? await paragon.updateWorkflowUserSettings(type, workflowId, update, target)
          : await paragon.updateIntegrationUserSettings(type, update, target);
        if (isThere.current) setProblems(answer.errors ?? []);
        storeOf(paragon).refresh();
      },
      onChange(next, thrown) {
        if (!isThere.current) return;
        setState(next);
        setError(next === "failed" ? toShownError(thrown) : null);
      },
    });
  }, [paragon, type, workflowId, credential?.id, selectedConfigurationId, saveAsChanged]);

  useEffect(() => {
    isThere.current = true;
    setChanges({});
    setState("saved");
    setError(null);
    setProblems([]);
    if (!saveAsChanged) return;
    // The last change is saved also when its input goes, or the page; a phone may end a page that it has only hidden.
    const leave = () => saver.leave();
    const hide = () => document.visibilityState === "hidden" && leave();
    const cameBack = () => void saver.flush();
    window.addEventListener("pagehide", leave);
    document.addEventListener("visibilitychange", hide);
    window.addEventListener("online", cameBack);
    return () => {
      isThere.current = false;
      window.removeEventListener("pagehide", leave);
      document.removeEventListener("visibilitychange", hide);
      window.removeEventListener("online", cameBack);
      leave();
    };
  }, [saver, saveAsChanged]);

  const values = useMemo(() => ({ ...initialValues(inputs, saved), ...changes }), [inputs, saved, changes]);

  const setValue = useCallback(
    (input: InputDefinition, value: ConnectInputValue) => {
      const more = changesBy(paragon, type, inputs, input, value);
      setChanges((before) => ({ ...before, ...more }));
      saver.change(more);
    },
    [paragon, type, inputs, saver],
  );

  const save = useCallback(async () => {
    await saver.flush();
    return !saver.isDirty;
  }, [saver]);

  return { inputs, values, setValue, save, state, error, problems, missing: missingOf(inputs, values) };
}

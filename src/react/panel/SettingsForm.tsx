// Settings of an integration, saved by a button; or those of a workflow, saved as they change.
import { useRef, useState, type FormEvent, type ReactElement } from "react";
import { Form } from "react-aria-components";
import { useTexts } from "../context.js";
import { useSettings, type SettingsOptions } from "../hooks/useSettings.js";
import { InputList } from "../inputs/InputList.js";
import { Button } from "../ui/Button.js";
import { ErrorNotice, Notice } from "../ui/ErrorNotice.js";
import { SaveStatus } from "./SaveStatus.js";

export type SettingsFormProps = SettingsOptions & { type: string };

export function SettingsForm({ type, ...options }: SettingsFormProps): ReactElement | null {
  const texts = useTexts();
  const form = useRef<HTMLFormElement>(null);
  const settings = useSettings(type, options);
  const [wasSent, setWasSent] = useState(false);
  const { inputs, values, setValue, state, error, problems, missing } = settings;
  const hasSaved = useWasSaved(state);
  const showsMissing = wasSent || (options.saveAsChanged === true && hasSaved);
  if (inputs.length === 0) return null;

  async function submit(event: FormEvent) {
    event.preventDefault();
    setWasSent(true);
    if (missing.length === 0 && (await settings.save())) return;
    // The first thing to mend.
    requestAnimationFrame(() => form.current?.querySelector<HTMLElement>("[data-invalid] input, [data-invalid] button, [role=alert] button")?.focus());
  }

  return (
    <Form ref={form} className="pc-settings" onSubmit={(event) => void submit(event)} data-testid={options.workflowId ? `settings-${options.workflowId}` : "settings"}>
      <div className="pc-fields">
        <InputList
          inputs={inputs}
          values={values}
          onChange={setValue}
          integration={type}
          selectedCredentialId={options.selectedCredentialId}
          problems={showsMissing ? Object.fromEntries(missing.map((id) => [id, texts.required])) : {}}
        />
      </div>
      {error && (
        <ErrorNotice
          error={error}
          actions={
            <Button size="small" onPress={() => void settings.save()}>
              {texts.tryAgain}
            </Button>
          }
        />
      )}
      <div className="pc-notices" role="status">
        {problems.length > 0 && <Notice look="warn">{problems.join(" ")}</Notice>}
      </div>
      <div className="pc-settings-foot">
        {!options.saveAsChanged && (
          <Button look="primary" type="submit" isBusy={state === "saving"} data-testid="save-settings">
            {texts.save}
          </Button>
        )}
        <SaveStatus state={state} hasSaved={hasSaved} />
      </div>
    </Form>
  );
}

/** True once something was saved since the form came. */
function useWasSaved(state: string): boolean {
  const was = useRef(false);
  if (state === "saving") was.current = true;
  return was.current;
}

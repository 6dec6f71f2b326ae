// Whether what was changed is saved; said to assistive technology as well.
import type { ReactElement } from "react";
import { useTexts } from "../context.js";
import type { SaveState } from "../saver.js";
import { Icon } from "../ui/icons.js";
import { Spinner } from "../ui/Spinner.js";

/** `saved` shows only after something was saved. */
export function SaveStatus({ state, hasSaved }: { state: SaveState; hasSaved: boolean }): ReactElement {
  const texts = useTexts();
  const text = { saved: hasSaved ? texts.saved : "", unsaved: texts.unsaved, saving: texts.saving, failed: texts.saveFailed }[state];
  return (
    <span className={`pc-save-status pc-save-${state}`} role="status" data-testid="save-status" data-state={state}>
      {state === "saving" && <Spinner label={texts.saving} size={14} />}
      {state === "saved" && hasSaved && <Icon name="check" />}
      {text}
    </span>
  );
}

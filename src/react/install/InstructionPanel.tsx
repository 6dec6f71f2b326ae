// Something to do at the provider before the account can be connected.
import type { InstructionStage } from "paragon-connect";
import type { ReactElement } from "react";
import type { ShownError } from "../errors.js";
import { Button } from "../ui/Button.js";
import { ErrorNotice } from "../ui/ErrorNotice.js";
import { Markdown } from "../ui/Markdown.js";
import { CtaItem } from "./CtaItem.js";

type InstructionPanelProps = {
  stage: InstructionStage;
  busy: boolean;
  error: ShownError | null;
  onFinish: () => void;
};

export function InstructionPanel({ stage, busy, error, onFinish }: InstructionPanelProps): ReactElement {
  return (
    <>
      <div className="pc-dialog-body">
        {error && <ErrorNotice error={error} />}
        <Markdown>{stage.content}</Markdown>
        {stage.ctas.length > 0 && (
          <div className="pc-ctas">
            {stage.ctas.map((cta) => (
              <CtaItem key={`${cta.type} ${cta.label}`} cta={cta} />
            ))}
          </div>
        )}
      </div>
      <footer className="pc-dialog-foot">
        <Button look="primary" onPress={onFinish} isBusy={busy}>
          {stage.finish.label}
        </Button>
      </footer>
    </>
  );
}

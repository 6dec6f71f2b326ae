// Something to do at the provider before the account can be connected.
import type { InstructionStage } from "paragon-connect";
import type { ShownError } from "../../sdk/errors";
import { Button } from "../ui/Button";
import { ErrorNotice } from "../ui/ErrorNotice";
import { MarkdownText } from "../ui/Markdown";
import { CtaItem } from "./CtaItem";

type InstructionPanelProps = {
  stage: InstructionStage;
  busy: boolean;
  error: ShownError | null;
  onFinish: () => void;
};

export function InstructionPanel({ stage, busy, error, onFinish }: InstructionPanelProps) {
  return (
    <>
      <div className="dialog-body">
        {error && <ErrorNotice error={error} />}
        <MarkdownText>{stage.content}</MarkdownText>
        {stage.ctas.length > 0 && (
          <div className="ctas">
            {stage.ctas.map((cta) => (
              <CtaItem key={`${cta.type} ${cta.label}`} cta={cta} />
            ))}
          </div>
        )}
      </div>
      <footer className="dialog-foot">
        <Button look="primary" onPress={onFinish} isBusy={busy}>
          {stage.finish.label}
        </Button>
      </footer>
    </>
  );
}

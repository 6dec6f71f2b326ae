// The account is connected.
import { CircleCheck } from "lucide-react";
import { Button } from "../ui/Button";

export function FlowComplete({ name, onClose }: { name: string; onClose: () => void }) {
  return (
    <>
      <div className="dialog-body stage-wait">
        <CircleCheck className="stage-wait-icon stage-wait-good" aria-hidden="true" />
        <p className="stage-wait-title">{name} is connected</p>
        <p className="muted">You can send requests to it now.</p>
      </div>
      <footer className="dialog-foot">
        <Button look="primary" onPress={onClose}>
          Done
        </Button>
      </footer>
    </>
  );
}

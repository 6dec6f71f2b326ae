// Asks before an account is disconnected.
import type { ReactElement } from "react";
import { Dialog, Heading, Modal, ModalOverlay } from "react-aria-components";
import { useTexts } from "../context.js";
import type { ShownError } from "../errors.js";
import { fill } from "../texts/index.js";
import { Button } from "../ui/Button.js";
import { ErrorNotice } from "../ui/ErrorNotice.js";

type DisconnectDialogProps = {
  account: string;
  integration: string;
  busy: boolean;
  error: ShownError | null;
  onConfirm: () => void;
  onClose: () => void;
};

export function DisconnectDialog({ account, integration, busy, error, onConfirm, onClose }: DisconnectDialogProps): ReactElement {
  const texts = useTexts();
  return (
    <ModalOverlay className="pc-overlay" isOpen isDismissable={!busy} onOpenChange={(open) => !open && onClose()}>
      <Modal className="pc-modal pc-modal-small">
        <Dialog role="alertdialog" className="pc-dialog">
          <div className="pc-dialog-body">
            <Heading slot="title">{fill(texts.disconnectTitle, { account })}</Heading>
            <p className="pc-muted">{fill(texts.disconnectText, { name: integration })}</p>
            {error && <ErrorNotice error={error} />}
          </div>
          <footer className="pc-dialog-foot">
            <Button onPress={onClose} isDisabled={busy} autoFocus>
              {texts.cancel}
            </Button>
            <Button look="danger" onPress={onConfirm} isBusy={busy} data-testid="confirm-disconnect">
              {texts.disconnect}
            </Button>
          </footer>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

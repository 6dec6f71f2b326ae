// Asks before an account is disconnected.
import { Dialog, Heading, Modal, ModalOverlay } from "react-aria-components";
import { Button } from "../ui/Button";

type DisconnectDialogProps = {
  account: string;
  integration: string;
  busy: boolean;
  onConfirm: () => void;
  onClose: () => void;
};

export function DisconnectDialog({ account, integration, busy, onConfirm, onClose }: DisconnectDialogProps) {
  return (
    <ModalOverlay className="overlay" isOpen isDismissable={!busy} onOpenChange={(open) => !open && onClose()}>
      <Modal className="modal modal-small">
        <Dialog role="alertdialog" className="dialog">
          <div className="dialog-body">
            <Heading slot="title">Disconnect {account}?</Heading>
            <p className="muted">
              {integration} will no longer be reachable with this account, and the access that was given is revoked. You can
              connect it again later.
            </p>
          </div>
          <footer className="dialog-foot">
            <Button onPress={onClose} isDisabled={busy} autoFocus>
              Cancel
            </Button>
            <Button look="danger" onPress={onConfirm} isBusy={busy} data-testid="confirm-disconnect">
              Disconnect
            </Button>
          </footer>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

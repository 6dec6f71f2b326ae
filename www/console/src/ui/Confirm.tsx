// Asks before something that cannot be taken back.
import { Button } from "paragon-connect/react";
import { Dialog, Heading, Modal, ModalOverlay } from "react-aria-components";

type ConfirmProps = { title: string; text: string; action: string; onConfirm: () => void; onClose: () => void };

export function Confirm({ title, text, action, onConfirm, onClose }: ConfirmProps) {
  return (
    <ModalOverlay className="pc-overlay" isOpen isDismissable onOpenChange={(isOpen) => !isOpen && onClose()}>
      <Modal className="pc-modal pc-modal-small">
        <Dialog role="alertdialog" className="pc-dialog">
          <div className="pc-dialog-body">
            <Heading slot="title">{title}</Heading>
            <p className="pc-muted">{text}</p>
          </div>
          <footer className="pc-dialog-foot">
            <Button onPress={onClose} autoFocus>
              Cancel
            </Button>
            <Button
              look="danger"
              onPress={() => {
                onClose();
                onConfirm();
              }}
            >
              {action}
            </Button>
          </footer>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

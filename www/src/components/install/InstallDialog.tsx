// The install flow in a dialog: draws whatever stage the flow is at.
import { X } from "lucide-react";
import type { IConnectCredential, IntegrationMetadata } from "paragon-connect";
import { Dialog, Heading, Modal, ModalOverlay } from "react-aria-components";
import type { InstallFlowControls } from "../../sdk/useInstallFlow";
import { IconButton } from "../ui/IconButton";
import { IntegrationIcon } from "../ui/IntegrationIcon";
import { InstallStage } from "./InstallStage";

type InstallDialogProps = {
  flow: InstallFlowControls;
  metadata: IntegrationMetadata;
  accounts: IConnectCredential[];
};

export function InstallDialog({ flow, metadata, accounts }: InstallDialogProps) {
  const { state, close } = flow;
  return (
    <ModalOverlay
      className="overlay"
      isOpen={state.phase !== "idle"}
      onOpenChange={(open) => !open && close()}
    >
      <Modal className="modal">
        <Dialog className="dialog">
          <header className="dialog-head">
            <IntegrationIcon metadata={metadata} />
            <Heading slot="title">Connect {metadata.name}</Heading>
            <IconButton label={state.phase === "complete" ? "Close" : "Cancel and close"} onPress={close}>
              <X />
            </IconButton>
          </header>
          <InstallStage flow={flow} metadata={metadata} accounts={accounts} />
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

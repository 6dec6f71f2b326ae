// The install flow in a dialog.
import type { ReactElement } from "react";
import { Dialog, Heading, Modal, ModalOverlay } from "react-aria-components";
import { useTexts } from "../context.js";
import type { InstallFlowControls } from "../hooks/useInstallFlow.js";
import type { Integration } from "../hooks/useIntegrations.js";
import { fill } from "../texts/index.js";
import { IconButton } from "../ui/Button.js";
import { IntegrationIcon } from "../ui/IntegrationIcon.js";
import { Icon } from "../ui/icons.js";
import { InstallStage } from "./InstallStage.js";

export type InstallDialogProps = { flow: InstallFlowControls; integration: Integration };

/** Open while the flow is not idle. */
export function InstallDialog({ flow, integration }: InstallDialogProps): ReactElement {
  const { state, close } = flow;
  const texts = useTexts();
  return (
    <ModalOverlay className="pc-overlay" isOpen={state.phase !== "idle"} onOpenChange={(open) => !open && close()}>
      <Modal className="pc-modal">
        <Dialog className="pc-dialog">
          <header className="pc-dialog-head">
            <IntegrationIcon metadata={integration.metadata} />
            <Heading slot="title">{fill(texts.connectTitle, { name: integration.metadata.name })}</Heading>
            <IconButton label={state.phase === "complete" ? texts.close : texts.cancelAndClose} onPress={close}>
              <Icon name="close" />
            </IconButton>
          </header>
          <InstallStage flow={flow} integration={integration} />
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

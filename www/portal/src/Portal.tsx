// The portal: one integration in a dialog over the app's page.
import { accentStyle, Icon, IconButton, IntegrationPanel, ParagonProvider, useTexts } from "paragon-connect/react";
import { useEffect, useRef } from "react";
import { Dialog, I18nProvider, Modal, ModalOverlay, useLocale } from "react-aria-components";
import type { Bridge } from "./bridge";
import type { Update } from "./messages";
import type { FrameParagon } from "./paragon";
import { metadataOf, typeOf } from "./project";

type PortalProps = { bridge: Bridge; paragon: FrameParagon; update: Update; locale: string };

export function Portal({ bridge, paragon, update, locale }: PortalProps) {
  const { nextModalState: modal } = update;
  const type = typeOf(update);
  const isOpen = type !== undefined;
  const theme = modal.theme ?? "system";
  const accent = modal.config?.accentColor;
  const dialog = useRef<HTMLElement>(null);

  // The page around shows the frame, and tells who listens.
  useEffect(() => {
    if (!isOpen) return;
    void bridge.invoke("onOpen").catch(report);
    // Nothing in a frame that is not shown can have the focus.
    bridge.invoke("updateContainerStyle", { isModalShown: true }).then(() => takeFocus(dialog.current), report);
    return () => void bridge.invoke("updateContainerStyle", { isModalShown: false }).catch(report);
  }, [bridge, isOpen]);

  useEffect(() => {
    const { body, documentElement: root } = document;
    body.style.colorScheme = theme === "system" ? "light dark" : theme;
    for (const [name, value] of Object.entries(accentStyle(accent))) root.style.setProperty(name, value);
  }, [theme, accent]);

  const close = () => {
    void bridge.invoke("onClose", true).catch(report);
    void bridge.invoke("setModalState", { integration: null }).catch(report);
  };

  return (
    <I18nProvider locale={locale}>
      <Direction />
      <ParagonProvider paragon={paragon} locale={locale}>
        <ModalOverlay className="pc-overlay" isOpen={isOpen} isDismissable isKeyboardDismissDisabled={modal.hideCross} onOpenChange={(open) => !open && close()}>
          <Modal className="pc-modal portal-modal">
            {type && (
              <Dialog ref={dialog} className="pc-dialog portal-dialog" aria-label={metadataOf(update)?.name}>
                <IntegrationPanel
                  key={type}
                  type={type}
                  view={modal.tabView}
                  selectedCredentialId={modal.selectedCredentialId}
                  installOptions={modal.selectedCredentialId ? { selectedCredentialId: modal.selectedCredentialId } : undefined}
                  inPlace
                  actions={modal.hideCross ? undefined : <CloseButton onPress={close} />}
                />
              </Dialog>
            )}
          </Modal>
        </ModalOverlay>
      </ParagonProvider>
    </I18nProvider>
  );
}

function CloseButton({ onPress }: { onPress: () => void }) {
  const texts = useTexts();
  return (
    <IconButton label={texts.close} onPress={onPress}>
      <Icon name="close" />
    </IconButton>
  );
}

/** Lists and dialogs stand outside of what opens them: the whole document reads in the language's direction. */
function Direction() {
  const { locale, direction } = useLocale();
  useEffect(() => {
    document.documentElement.lang = locale;
    document.documentElement.dir = direction;
  }, [locale, direction]);
  return null;
}

function takeFocus(dialog: HTMLElement | null): void {
  window.focus();
  if (dialog && !dialog.contains(document.activeElement)) dialog.focus();
}

/** A page that cannot do one of these still shows the portal. */
const report = (error: unknown) => console.warn(error);

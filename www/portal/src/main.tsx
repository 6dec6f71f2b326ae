// Starts the portal: listens at once, shows what the SDK in the page around says.
import { StrictMode } from "react";
import { createRoot, type Root } from "react-dom/client";
import "paragon-connect/react/styles.css";
import { languageTag } from "../../../src/react/texts/language";
import { Bridge } from "./bridge";
import { FrameParagon } from "./paragon";
import { Portal } from "./Portal";
import "./portal.css";
import { portalTexts } from "./texts";

const bridge = new Bridge(window);
let root: Root | undefined;
let paragon: FrameParagon | undefined;

bridge.listen((update) => {
  const locale = languageTag(update.nextModalState.locale ?? navigator.language);
  if (paragon) paragon.update(update);
  else paragon = new FrameParagon(bridge, update, portalTexts(locale));
  const element = document.getElementById("root");
  if (!element) throw new Error("index.html has no element #root");
  root ??= createRoot(element);
  root.render(
    <StrictMode>
      <Portal bridge={bridge} paragon={paragon} update={update} locale={locale} />
    </StrictMode>,
  );
});

// A link to follow or a text to copy.
import type { CTA } from "paragon-connect";
import type { ReactElement } from "react";
import { useTexts } from "../context.js";
import { Button } from "../ui/Button.js";
import { Icon } from "../ui/icons.js";
import { isWebAddress } from "../ui/links.js";
import { useCopy } from "../ui/useCopy.js";

export function CtaItem({ cta }: { cta: CTA }): ReactElement | null {
  const texts = useTexts();
  const [copied, copy] = useCopy();
  if (cta.type === "copyButton") {
    return (
      <Button onPress={() => copy(cta.copyText)}>
        <Icon name={copied ? "check" : "copy"} />
        {copied ? texts.copied : cta.label}
      </Button>
    );
  }
  if (!isWebAddress(cta.href)) return null;
  return (
    <a className="pc-button pc-button-secondary pc-button-medium" href={cta.href} target="_blank" rel="noopener noreferrer">
      <Icon name="external" />
      {cta.label}
      <span className="pc-offscreen"> ({texts.newTab})</span>
    </a>
  );
}

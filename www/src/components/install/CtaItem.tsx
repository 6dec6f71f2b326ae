// A link to follow or a text to copy.
import { Check, Copy, ExternalLink } from "lucide-react";
import type { CTA } from "paragon-connect";
import { Button } from "../ui/Button";
import { useCopy } from "../ui/useCopy";

export function CtaItem({ cta }: { cta: CTA }) {
  const [copied, copy] = useCopy();
  if (cta.type === "copyButton") {
    return (
      <Button onPress={() => copy(cta.copyText)}>
        {copied ? <Check aria-hidden="true" /> : <Copy aria-hidden="true" />}
        {copied ? "Copied" : cta.label}
      </Button>
    );
  }
  // Only addresses of web pages: a link from elsewhere must not be able to run anything here.
  if (!/^https?:\/\//i.test(cta.href)) return null;
  return (
    <a className="button button-secondary button-medium" href={cta.href} target="_blank" rel="noopener noreferrer">
      <ExternalLink aria-hidden="true" />
      {cta.label}
    </a>
  );
}

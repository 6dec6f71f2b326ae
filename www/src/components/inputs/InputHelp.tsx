// What is said below an input.
import type { IntegrationConnectInput } from "paragon-connect";
import { Text } from "react-aria-components";

export function InputHelp({ input }: { input: IntegrationConnectInput }) {
  const { subtitle, documentationLink, documentationLinkLabel } = input;
  const isWebPage = documentationLink !== undefined && /^https?:\/\//i.test(documentationLink);
  if (!subtitle && !isWebPage) return null;
  return (
    <Text slot="description" className="field-help">
      {subtitle}
      {subtitle && isWebPage && " "}
      {isWebPage && (
        <a href={documentationLink} target="_blank" rel="noopener noreferrer">
          {documentationLinkLabel ?? "Learn more"}
        </a>
      )}
    </Text>
  );
}

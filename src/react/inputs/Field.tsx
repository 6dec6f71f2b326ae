// What stands around an input: its label above, help and errors below.
import type { ReactElement, ReactNode } from "react";
import { FieldError as AriaFieldError, Label, Text } from "react-aria-components";
import { useTexts } from "../context.js";
import { isWebAddress } from "../ui/links.js";
import type { InputDefinition } from "../values.js";

/** An input's title; what may be left empty says so. */
export function FieldLabel({ input, title = input.title }: { input: InputDefinition; title?: string }): ReactElement {
  return (
    <Label className="pc-label">
      <FieldTitle input={input} title={title} />
    </Label>
  );
}

export function FieldTitle({ input, title = input.title }: { input: InputDefinition; title?: string }): ReactElement {
  const { optional } = useTexts();
  return (
    <>
      {title}
      {input.required === false && <span className="pc-optional"> {optional}</span>}
    </>
  );
}

/** Help in a group, which React Aria gives no place for. */
export function GroupHelp({ input, id }: { input: InputDefinition; id?: string }): ReactElement | null {
  const content = useHelp(input);
  return content ? (
    <p id={id} className="pc-help">
      {content}
    </p>
  ) : null;
}

/** What is said below an input. */
export function FieldHelp({ input }: { input: InputDefinition }): ReactElement | null {
  const content = useHelp(input);
  return content ? (
    <Text slot="description" className="pc-help">
      {content}
    </Text>
  ) : null;
}

export const hasHelp = (input: InputDefinition) => Boolean(input.subtitle || input.tooltip || isWebAddress(input.documentationLink));

function useHelp(input: InputDefinition): ReactNode {
  const texts = useTexts();
  const { documentationLink, documentationLinkLabel } = input;
  if (!hasHelp(input)) return null;
  const said = [input.subtitle, input.tooltip].filter((text) => typeof text === "string" && text).join(" ");
  return (
    <>
      {said}
      {isWebAddress(documentationLink) && (
        <>
          {said && " "}
          <a href={documentationLink} target="_blank" rel="noopener noreferrer">
            {documentationLinkLabel ?? texts.learnMore}
            <span className="pc-offscreen"> ({texts.newTab})</span>
          </a>
        </>
      )}
    </>
  );
}

/** What is wrong with the value: in the browser's words, or in ours. */
export function FieldError({ children }: { children?: string }): ReactElement {
  return <AriaFieldError className="pc-field-error">{children}</AriaFieldError>;
}

// An input that cannot be drawn: says so, rather than leaving it out.
import type { ReactElement } from "react";
import { useTexts } from "../context.js";
import { fill } from "../texts/index.js";
import { Notice } from "../ui/ErrorNotice.js";
import type { InputDefinition } from "../values.js";

export function UnsupportedInput({ input }: { input: InputDefinition }): ReactElement {
  const { unsupported } = useTexts();
  return (
    <Notice look="warn" title={input.title}>
      {fill(unsupported, { type: input.type })}
    </Notice>
  );
}

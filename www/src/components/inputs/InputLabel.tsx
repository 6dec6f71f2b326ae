// An input's label; what may be left empty says so.
import type { IntegrationConnectInput } from "paragon-connect";
import { Label } from "react-aria-components";

export function InputLabel({ input }: { input: IntegrationConnectInput }) {
  return (
    <Label>
      {input.title}
      {input.required === false && <span className="optional">optional</span>}
    </Label>
  );
}

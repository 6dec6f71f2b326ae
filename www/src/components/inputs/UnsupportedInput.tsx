// An input of a type that this page cannot draw: says so, rather than leaving it out.
import type { IntegrationConnectInput } from "paragon-connect";

export function UnsupportedInput({ input }: { input: IntegrationConnectInput }) {
  return (
    <div className="notice notice-warn" role="note">
      <div className="notice-body">
        <p className="notice-title">{input.title}</p>
        <p>
          This page has no control for inputs of type <code>{input.type}</code>. The value is left empty.
        </p>
      </div>
    </div>
  );
}

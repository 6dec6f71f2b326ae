// Inputs one below the other, each with what it depends on.
import type { ConnectInputValue } from "paragon-connect";
import type { ReactElement } from "react";
import { useParagon } from "../context.js";
import { dependenciesOf, isEmpty, isShown, type InputDefinition, type Values } from "../values.js";
import { ConnectInput } from "./ConnectInput.js";

export type InputListProps = {
  inputs: InputDefinition[];
  values: Values;
  onChange: (input: InputDefinition, value: ConnectInputValue) => void;
  integration: string;
  selectedCredentialId?: string;
  /** What is wrong, by input id. */
  problems?: Record<string, string | undefined>;
};

export function InputList({ inputs, values, onChange, integration, selectedCredentialId, problems = {} }: InputListProps): ReactElement {
  const paragon = useParagon();
  return (
    <>
      {inputs.filter(isShown).map((input) => {
        const needed = dependenciesOf(paragon, integration, input, inputs);
        const missing = needed.find((id) => isEmpty(values[id]));
        return (
          <ConnectInput
            key={input.id}
            input={input}
            value={values[input.id]}
            onChange={(value) => onChange(input, value)}
            integration={integration}
            selectedCredentialId={selectedCredentialId}
            parameters={Object.fromEntries(needed.map((id) => [id, values[id]]))}
            waitsFor={inputs.find(({ id }) => id === missing)?.title}
            problem={problems[input.id]}
          />
        );
      })}
    </>
  );
}

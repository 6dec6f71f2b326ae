// Two choices, the second of which depends on the first; with default values, a third that depends on both.
import type { ReactElement } from "react";
import { useElementId } from "../compat.js";
import { Choice } from "./Choice.js";
import { FieldTitle, GroupHelp } from "./Field.js";
import type { ConnectInputProps } from "./props.js";
import { UnsupportedInput } from "./UnsupportedInput.js";
import { dependentOn, useInputSources } from "./useInputSources.js";
import { VariableValues, type VariableValue } from "./VariableValues.js";

type ComboValue = { mainInput?: string; dependentInput?: string; variableInput?: VariableValue };

export function ComboInput({ input, value, onChange, integration, selectedCredentialId, waitsFor, problem }: ConnectInputProps): ReactElement {
  const titleId = useElementId();
  const sources = useInputSources(integration, input);
  if (sources?.kind !== "combo" && sources?.kind !== "defaultFieldValue") return <UnsupportedInput input={input} />;
  const { mainInputSource: main, dependentInputSource: dependent } = sources;
  const hasVariable = input.type === "DYNAMIC_COMBO_INPUT";
  const current = (typeof value === "object" ? value : {}) as ComboValue;
  const parameters = dependentOn([["mainInput", main, current.mainInput]]);

  return (
    <div className="pc-group" role="group" aria-labelledby={titleId}>
      <span id={titleId} className="pc-label">
        <FieldTitle input={input} />
      </span>
      <div className="pc-pair">
        <Choice
          input={input}
          title={main.title}
          source={main}
          integration={integration}
          selectedCredentialId={selectedCredentialId}
          value={current.mainInput ?? null}
          onChange={(mainInput) => mainInput !== current.mainInput && onChange(mainInput === undefined ? undefined : { mainInput })}
          waitsFor={waitsFor}
          problem={current.mainInput ? undefined : problem}
          isPart
        />
        <Choice
          input={input}
          title={dependent.title}
          source={dependent}
          integration={integration}
          selectedCredentialId={selectedCredentialId}
          parameters={parameters}
          value={current.dependentInput ?? null}
          onChange={(dependentInput) =>
            dependentInput !== current.dependentInput && onChange({ mainInput: current.mainInput, dependentInput })
          }
          waitsFor={current.mainInput === undefined ? main.title : undefined}
          problem={current.mainInput ? problem : undefined}
          isPart
        />
      </div>
      {hasVariable && current.mainInput !== undefined && current.dependentInput !== undefined && (
        <VariableValues
          input={input}
          integration={integration}
          selectedCredentialId={selectedCredentialId}
          source={sources.kind === "defaultFieldValue" ? sources.variableInputSource : undefined}
          parameters={{ ...parameters, ...dependentOn([["dependentInput", dependent, current.dependentInput]]) }}
          value={current.variableInput}
          onChange={(variableInput) => onChange({ ...current, variableInput } as never)}
        />
      )}
      <GroupHelp input={input} />
    </div>
  );
}

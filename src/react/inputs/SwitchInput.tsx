// On or off.
import type { ReactElement } from "react";
import { Switch } from "react-aria-components";
import { useElementId } from "../compat.js";
import { GroupHelp, hasHelp } from "./Field.js";
import type { ConnectInputProps } from "./props.js";

export function SwitchInput({ input, value, onChange }: ConnectInputProps): ReactElement {
  const helpId = useElementId();
  const help = { ...input, tooltip: input.tooltip ?? input.toolTipText };
  return (
    <div className="pc-field">
      <Switch
        className="pc-switch"
        name={input.id}
        isSelected={value === true}
        onChange={onChange}
        isReadOnly={input.readOnly}
        aria-describedby={hasHelp(help) ? helpId : undefined}
      >
        <span className="pc-switch-track" aria-hidden="true" />
        <span className="pc-switch-text">{input.titleText ?? input.title}</span>
      </Switch>
      <GroupHelp input={help} id={helpId} />
    </div>
  );
}

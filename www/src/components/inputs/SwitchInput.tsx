// On or off.
import { Switch } from "react-aria-components";
import type { ConnectInputProps } from "./ConnectInput";

export function SwitchInput({ input, value, onChange }: ConnectInputProps) {
  return (
    <Switch className="switch" name={input.id} isSelected={value === true} onChange={onChange} isReadOnly={input.readOnly}>
      <span className="switch-track" aria-hidden="true" />
      <span className="switch-text">
        {input.title}
        {input.subtitle && <small>{input.subtitle}</small>}
      </span>
    </Switch>
  );
}

// Scopes to grant; some cannot be taken away. The value is their names, joined by a space.
import type { ReactElement } from "react";
import { Checkbox, CheckboxGroup, Label } from "react-aria-components";
import { useTexts } from "../context.js";
import { scopesOf } from "../values.js";
import { FieldError, FieldHelp, FieldTitle } from "./Field.js";
import type { ConnectInputProps } from "./props.js";

export function PermissionInput({ input, value, onChange, problem }: ConnectInputProps): ReactElement {
  const texts = useTexts();
  const chosen = scopesOf(input, typeof value === "string" ? value : undefined);
  const isFixed = (name: string) =>
    (input.requiredScopes ?? []).includes(name) || input.scopes?.values.some((scope) => scope.name === name && scope.required) === true;
  return (
    <CheckboxGroup
      className="pc-field pc-checks"
      value={chosen}
      onChange={(next) => onChange(scopesOf(input, next.join(" ")).join(" "))}
      isReadOnly={input.readOnly}
      isInvalid={problem ? true : undefined}
    >
      <Label className="pc-label">
        <FieldTitle input={input} />
      </Label>
      {(input.scopes?.values ?? []).map(({ name, label, description }) => (
        <Checkbox key={name} value={name} className="pc-check" isReadOnly={isFixed(name)}>
          <span className="pc-check-box" aria-hidden="true" />
          <span className="pc-check-text">
            <span>
              {label ?? name}
              {isFixed(name) && <span className="pc-optional"> {texts.fixedScope}</span>}
            </span>
            {description && <small>{description}</small>}
          </span>
        </Checkbox>
      ))}
      <FieldHelp input={input} />
      <FieldError>{problem}</FieldError>
    </CheckboxGroup>
  );
}

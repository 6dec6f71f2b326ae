// A choice: from a fixed list, from the connected account, or from a list of the app.
import type { ReactElement } from "react";
import { Choice } from "./Choice.js";
import type { ConnectInputProps } from "./props.js";
import { singleSource, useInputSources } from "./useInputSources.js";

export function ChoiceInput({ input, value, onChange, ...rest }: ConnectInputProps): ReactElement {
  const sources = useInputSources(rest.integration, input);
  return (
    <Choice
      {...rest}
      input={input}
      source={singleSource(input, sources)}
      value={value === undefined || value === null || value === "" ? null : String(value)}
      onChange={onChange}
      refreshOnOpen={input.type === "CUSTOM_DROPDOWN"}
    />
  );
}

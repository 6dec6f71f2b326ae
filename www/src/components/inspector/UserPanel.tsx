// The SDK's user, as `getUser()` answers it.
import { useUser } from "paragon-connect/react";
import { JsonBlock } from "../ui/JsonBlock";
import { Panel } from "./Panel";

export function UserPanel() {
  const user = useUser();
  return (
    <Panel title="Current user">
      <JsonBlock value={user} label="Current user as JSON" data-testid="user-json" />
    </Panel>
  );
}

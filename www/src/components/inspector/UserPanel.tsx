// The SDK's user, as `getUser()` answers it.
import { useParagonUser } from "../../sdk/useParagonUser";
import { JsonBlock } from "../ui/JsonBlock";
import { Panel } from "./Panel";

export function UserPanel() {
  const user = useParagonUser();
  return (
    <Panel title="Current user">
      <JsonBlock value={user} label="Current user as JSON" data-testid="user-json" />
    </Panel>
  );
}

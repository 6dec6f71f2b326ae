// One user: what the app stored, and the credentials.
import { Spinner } from "paragon-connect/react";
import { JsonBlock } from "../../../src/components/ui/JsonBlock";
import { useAsked, useLive } from "../app/context";
import { href, type Route } from "../app/route";
import type { Catalog, User } from "../app/types";
import { Detail } from "../ui/Detail";
import { Fact } from "../ui/Fact";
import { Link } from "../ui/Link";
import { Trouble } from "../ui/Trouble";
import { CredentialCard } from "./CredentialCard";

export function UserDetail({ route, id }: { route: Route; id: string }) {
  const stored = useLive((live) => live.stored);
  const { answer: user, error, again } = useAsked<User>(`/users/${encodeURIComponent(id)}`, stored);
  const { answer: catalog } = useAsked<Catalog>("/catalog");
  const workflows = new Map(catalog?.integrations.flatMap((one) => one.workflows.map((workflow) => [workflow.id, workflow.description])));
  return (
    <Detail title={user?.id ?? "User"} back={href(route.project, "users")} backText="All users" data-testid="user">
      {error && <Trouble error={error} />}
      {!user && !error && <Spinner label="Loading" />}
      {user && (
        <>
          <dl className="facts">
            <Fact name="Platform’s id">{user.personaId}</Fact>
            <Fact name="See also">
              <span className="see-also">
                <Link href={href(route.project, "calls", null, { user: user.id })}>Calls</Link>
                <Link href={href(route.project, "runs", null, { user: user.id })}>Runs</Link>
              </span>
            </Fact>
          </dl>
          {Object.keys(user.meta).length > 0 && (
            <div className="part">
              <h3>What the app stored</h3>
              <JsonBlock value={user.meta} label="User’s metadata" />
            </div>
          )}
          <div className="part">
            <h3>Credentials</h3>
            {user.credentials.length === 0 && <p className="pc-muted">Nothing is connected.</p>}
            {user.credentials.map((credential) => (
              <CredentialCard key={credential.id} credential={credential} workflows={workflows} onChange={again} />
            ))}
          </div>
        </>
      )}
    </Detail>
  );
}

// The project's users, and one of them with all credentials.
import { Search, Users as UsersIcon } from "lucide-react";
import { StatusBadge } from "paragon-connect/react";
import { useState } from "react";
import { Input, SearchField } from "react-aria-components";
import { EmptyState } from "../../../src/components/layout/EmptyState";
import { useAsked, useLive } from "../app/context";
import { href, type Route } from "../app/route";
import type { ListedUser } from "../app/types";
import { count, dateTime } from "../app/words";
import { Link } from "../ui/Link";
import { Trouble } from "../ui/Trouble";
import { UserDetail } from "./UserDetail";

export function Users({ route }: { route: Route }) {
  const [search, setSearch] = useState("");
  const stored = useLive((live) => live.stored);
  const { answer, error } = useAsked<{ users: ListedUser[]; total: number }>(`/users?${new URLSearchParams({ search })}`, stored);
  return (
    <div className="split" data-open={route.id !== null || undefined}>
      <div className="split-list">
        <div className="page-head page-head-row">
          <h1>Users</h1>
        </div>
        <div className="filters filters-one" role="search" aria-label="Users">
          <SearchField className="pc-search" aria-label="User" value={search} onChange={setSearch}>
            <Search aria-hidden="true" />
            <Input placeholder="The app’s id of a user" />
          </SearchField>
        </div>
        {error && <Trouble error={error} />}
        {answer && <List route={route} users={answer.users} total={answer.total} isSearch={search !== ""} />}
      </div>
      {route.id !== null && <UserDetail key={route.id} route={route} id={route.id} />}
    </div>
  );
}

function List({ route, users, total, isSearch }: { route: Route; users: readonly ListedUser[]; total: number; isSearch: boolean }) {
  if (users.length === 0) {
    const text = isSearch ? "No user’s id has this in it." : "A user is here from the first call of the SDK on. Seeds add users without one.";
    return (
      <div className="card">
        <EmptyState icon={<UsersIcon />} title={isSearch ? "No user fits" : "No users yet"} text={text} />
      </div>
    );
  }
  return (
    <div className="card table-card">
      <table className="table" data-testid="users">
        <caption className="pc-offscreen">Users, the newest first</caption>
        <thead>
          <tr>
            <th scope="col">User</th>
            <th scope="col" className="col-wide">Credentials</th>
          </tr>
        </thead>
        <tbody>
          {users.map((user) => (
            <tr key={user.personaId} data-open={route.id === user.personaId || undefined}>
              <td>
                <Link className="row-link" href={href(route.project, "users", user.personaId)} aria-current={route.id === user.personaId ? "true" : undefined}>
                  {user.id}
                </Link>
                <span className="row-facts">since {dateTime(user.created)}</span>
              </td>
              <td className="col-wide">
                {user.credentials === 0 ? (
                  <span className="pc-muted">none</span>
                ) : (
                  <StatusBadge tone={user.unusable > 0 ? "warn" : "good"}>
                    {user.unusable > 0 ? `${user.unusable} of ${user.credentials} unusable` : String(user.credentials)}
                  </StatusBadge>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="table-foot pc-muted">{total > users.length ? `The newest ${users.length} of ${count(total, "user")}: search for others` : count(total, "user")}</p>
    </div>
  );
}

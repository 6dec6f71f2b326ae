// Who is signed in; switching to another user; signing out.
import { Check, ChevronDown, LogOut } from "lucide-react";
import { Button, Header, Menu, MenuItem, MenuSection, MenuTrigger, Popover, Separator } from "react-aria-components";
import { record } from "../../app/activity";
import { USERS, userName, type Session } from "../../app/session";
import { Avatar } from "./Avatar";

export function UserMenu({ session }: { session: Session }) {
  const { state, signIn, signOut } = session;
  const current = state.status === "signed-out" ? null : state.userId;

  function signOutNow() {
    signOut();
    record({ kind: "session", title: "Signed out" });
  }

  return (
    <MenuTrigger>
      <Button className="user-button" aria-label={current ? `Account: ${userName(current)}` : "Account: signed out"}>
        <Avatar name={current ? userName(current) : "?"} />
        <span className="user-button-name">{current ? userName(current) : "Signed out"}</span>
        <ChevronDown aria-hidden="true" />
      </Button>
      <Popover className="pc-popover" placement="bottom end">
        <Menu className="menu">
          <MenuSection>
            <Header className="menu-header">Act as</Header>
            {USERS.map((user) => (
              <MenuItem key={user.id} id={user.id} className="menu-item" textValue={user.name} onAction={() => void signIn(user.id)}>
                <Avatar name={user.name} />
                <span className="menu-item-text">
                  {user.name}
                  <small>{user.id}</small>
                </span>
                {user.id === current && <Check aria-label="signed in" />}
              </MenuItem>
            ))}
          </MenuSection>
          {current && <Separator className="menu-separator" />}
          {current && (
            <MenuItem id="sign-out" className="menu-item" textValue="Sign out" onAction={signOutNow}>
              <LogOut aria-hidden="true" />
              <span className="menu-item-text">Sign out</span>
            </MenuItem>
          )}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}

// The top bar: where we are, theme, and who is signed in.
import { Cable } from "lucide-react";
import { catalogHref } from "../../app/router";
import type { Session } from "../../app/session";
import { ThemeSwitch } from "./ThemeSwitch";
import { UserMenu } from "./UserMenu";

export function Header({ session }: { session: Session }) {
  return (
    <header className="topbar">
      <div className="topbar-inner">
        <a className="brand" href={catalogHref}>
          <span className="brand-mark">
            <Cable aria-hidden="true" />
          </span>
          Connect Demo
        </a>
        <span className="topbar-note">Local platform</span>
        <div className="topbar-tools">
          <ThemeSwitch />
          <UserMenu session={session} />
        </div>
      </div>
    </header>
  );
}

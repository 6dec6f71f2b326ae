// Shows the page to a signed-in user, and otherwise what keeps it from them.
import { KeyRound, LogIn } from "lucide-react";
import { USERS, type Session } from "../../app/session";
import { Button, ErrorNotice, Spinner, useUser } from "paragon-connect/react";
import { EmptyState } from "./EmptyState";

export function SessionGate({ session, children }: { session: Session; children: React.ReactNode }) {
  const user = useUser();
  const { state, signIn } = session;

  if (state.status === "loading") {
    return (
      <div className="page-loading">
        <Spinner label="Signing in" size={24} />
        <p className="pc-muted">Signing in…</p>
      </div>
    );
  }
  if (state.status === "failed") {
    return (
      <ErrorNotice error={state.error} actions={<Button onPress={() => void signIn(state.userId)}>Try again</Button>} />
    );
  }
  if (state.status === "signed-out") {
    return (
      <EmptyState isPage icon={<LogIn />} title="You are signed out" text="Sign in to see the integrations of a user.">
        {USERS.map((each, index) => (
          <Button key={each.id} look={index === 0 ? "primary" : "secondary"} onPress={() => void signIn(each.id)}>
            Sign in as {each.name}
          </Button>
        ))}
      </EmptyState>
    );
  }
  if (!user.authenticated) {
    return (
      <EmptyState
        isPage
        icon={<KeyRound />}
        title="Your session has ended"
        text="The platform no longer accepts the user token. Take a fresh one to go on."
      >
        <Button look="primary" onPress={() => void signIn(state.userId)}>
          Sign in again
        </Button>
      </EmptyState>
    );
  }
  return children;
}

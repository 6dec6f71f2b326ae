// Who is signed in. The demo's own back end signs user tokens; the SDK takes them.
import { paragon } from "paragon-connect";
import { toShownError, type ShownError } from "paragon-connect/react";
import { useCallback, useEffect, useRef, useState } from "react";

type SessionAnswer = { projectId: string; token: string; userId: string; host: string };

export type SessionState =
  | { status: "loading"; userId: string }
  | { status: "ready"; userId: string; expiresAt: Date | null }
  | { status: "signed-out" }
  | { status: "failed"; userId: string; error: ShownError };

export type Session = {
  state: SessionState;
  signIn: (userId: string) => Promise<void>;
  /** Asks for a fresh token of the same user. Answers when it ends, or the error. */
  renew: () => Promise<{ expiresAt: Date | null } | { error: ShownError }>;
  signOut: () => void;
};

export const USERS = [
  { id: "demo-user", name: "Demo user" },
  { id: "second-user", name: "Second user" },
] as const;

export const userName = (id: string) => USERS.find((user) => user.id === id)?.name ?? id;

const REMEMBERED = "demo.user";

export function useSession(): Session {
  const [state, setState] = useState<SessionState>({ status: "loading", userId: rememberedUser() });
  const run = useRef(0);

  const signIn = useCallback(async (userId: string) => {
    const mine = ++run.current;
    setState({ status: "loading", userId });
    sessionStorage.setItem(REMEMBERED, userId);
    try {
      const session = await askForSession(userId);
      if (mine !== run.current) return;
      paragon.configureGlobal({ host: session.host });
      paragon.setHeadless(true);
      await paragon.authenticate(session.projectId, session.token);
      if (mine !== run.current) return;
      setState({ status: "ready", userId: session.userId, expiresAt: expiryOf(session.token) });
    } catch (thrown) {
      if (mine === run.current) setState({ status: "failed", userId, error: toShownError(thrown) });
    }
  }, []);

  const currentUserId = state.status === "signed-out" ? null : state.userId;
  const renew = useCallback(async () => {
    const mine = ++run.current;
    const userId = currentUserId ?? rememberedUser();
    try {
      const session = await askForSession(userId);
      await paragon.authenticate(session.projectId, session.token);
      const expiresAt = expiryOf(session.token);
      if (mine === run.current) setState({ status: "ready", userId: session.userId, expiresAt });
      return { expiresAt };
    } catch (thrown) {
      return { error: toShownError(thrown) };
    }
  }, [currentUserId]);

  const signOut = useCallback(() => {
    run.current++;
    paragon.logout();
    setState({ status: "signed-out" });
  }, []);

  useEffect(() => {
    void signIn(rememberedUser());
    return () => void run.current++;
  }, [signIn]);

  return { state, signIn, renew, signOut };
}

async function askForSession(userId: string): Promise<SessionAnswer> {
  const response = await fetch(`/api/session?user=${encodeURIComponent(userId)}`).catch((cause: unknown) => {
    throw new Error("The demo's own server does not answer. Is `npm start` still running?", { cause });
  });
  if (!response.ok) throw new Error(`The demo's own server refused a session (status ${response.status}).`);
  return (await response.json()) as SessionAnswer;
}

function rememberedUser(): string {
  return sessionStorage.getItem(REMEMBERED) ?? USERS[0].id;
}

/** `exp` of a token, for display only. */
function expiryOf(token: string): Date | null {
  const payload = token.split(".")[1];
  if (!payload) return null;
  const { exp } = JSON.parse(atob(payload.replace(/-/g, "+").replace(/_/g, "/"))) as { exp?: number };
  return exp === undefined ? null : new Date(exp * 1000);
}

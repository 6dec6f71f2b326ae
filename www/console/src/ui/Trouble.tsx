// What went wrong with a question to the platform.
import { ErrorNotice } from "paragon-connect/react";
import type { AdminError } from "../app/admin";

export function Trouble({ error, onDismiss }: { error: AdminError; onDismiss?: () => void }) {
  return <ErrorNotice error={{ name: error.name, message: error.message, code: error.code, status: error.status }} onDismiss={onDismiss} />;
}

// Anything that was thrown, as an error that can be shown.
import { ParagonError } from "paragon-connect";

export type ShownError = {
  name: string;
  message: string;
  code?: string;
  platformCode?: string | number;
  status?: number;
  requestId?: string;
  retryable?: boolean;
  details?: unknown;
};

export function toShownError(thrown: unknown): ShownError {
  if (thrown instanceof ParagonError) {
    const { name, message, code, platformCode, status, requestId, retryable } = thrown;
    return { name, message, code, platformCode, status, requestId, retryable, details: thrown.response ?? thrown.meta };
  }
  if (thrown instanceof Error) return { name: thrown.name, message: thrown.message };
  return { name: "Error", message: String(thrown) };
}

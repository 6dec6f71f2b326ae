// Anything that was thrown, as an error that can be shown.

export type ShownError = {
  /** The kind, such as `"OAuthDeniedError"`. */
  name: string;
  message: string;
  code?: string;
  platformCode?: string | number;
  /** HTTP status, when an answer was what failed. */
  status?: number;
  requestId?: string;
  /** The same may succeed later. */
  retryable?: boolean;
  details?: unknown;
};

type Known = Error & Partial<ShownError> & { response?: unknown; meta?: unknown };

/** Told apart by what it carries, not by its class: errors of two copies of the package are alike. */
export function toShownError(thrown: unknown): ShownError {
  if (!(thrown instanceof Error)) return { name: "Error", message: String(thrown) };
  const { name, message, code, platformCode, status, requestId, retryable, response, meta } = thrown as Known;
  return { name, message, code, platformCode, status, requestId, retryable, details: response ?? meta };
}

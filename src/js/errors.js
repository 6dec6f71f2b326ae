// The one class of errors that the SDK throws, rejects with and hands to callbacks.

export class ParagonError extends Error {
  // `fields`: name, code, message, and what else is known (see `src/core/failure.rs`).
  constructor({ message, cause, ...fields }) {
    super(message, cause === undefined ? undefined : { cause });
    Object.assign(this, { meta: null, retryable: false }, fields);
  }

  get integrationName() {
    return this.meta?.integrationName;
  }
}

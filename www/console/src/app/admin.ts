// The admin API, as the console speaks with it.

/** The platform refused, or did not answer. */
export class AdminError extends Error {
  override readonly name = "AdminError";
  constructor(
    message: string,
    readonly code: string,
    /** HTTP status; undefined without an answer. */
    readonly status?: number,
  ) {
    super(message);
  }
}

export class Admin {
  constructor(
    private readonly secret: string,
    /** `default`, or a project's id. */
    readonly project: string,
  ) {}

  /** Asks about this project; the answer as JSON, `undefined` if there is no content. */
  async ask<Answer>(path: string, init: { method?: string; body?: unknown; signal?: AbortSignal } = {}): Promise<Answer> {
    const response = await this.send(`/projects/${encodeURIComponent(this.project)}${path}`, init);
    return (response.status === 204 ? undefined : await response.json()) as Answer;
  }

  /** Asks about all projects. */
  async askAll<Answer>(path: string, init: { method?: string; body?: unknown } = {}): Promise<Answer> {
    const response = await this.send(path, init);
    return (response.status === 204 ? undefined : await response.json()) as Answer;
  }

  /** The stream of what changes. */
  watch(signal: AbortSignal): Promise<Response> {
    return this.send(`/projects/${encodeURIComponent(this.project)}/watch`, { signal });
  }

  private async send(path: string, { method = "GET", body, signal }: { method?: string; body?: unknown; signal?: AbortSignal }): Promise<Response> {
    const headers: Record<string, string> = { authorization: `Bearer ${this.secret}` };
    if (body !== undefined) headers["content-type"] = "application/json";
    const response = await fetch(`/_admin${path}`, {
      method,
      headers,
      body: body === undefined ? null : typeof body === "string" ? body : JSON.stringify(body),
      signal: signal ?? null,
      credentials: "omit",
      cache: "no-store",
    }).catch((cause: unknown) => {
      if (cause instanceof DOMException && cause.name === "AbortError") throw cause;
      throw new AdminError("The platform does not answer. Is it still running?", "unreachable");
    });
    if (response.ok) return response;
    const told = (await response.json().catch(() => ({}))) as { message?: unknown; code?: unknown };
    const message = typeof told.message === "string" ? told.message : `The platform answered with status ${response.status}.`;
    throw new AdminError(message, typeof told.code === "string" ? told.code : "unknown", response.status);
  }
}

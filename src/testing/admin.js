// The platform's admin API.

/** The platform refused, or did not answer. */
export class PlatformError extends Error {
  constructor(message, { code, status, calls, cause } = {}) {
    super(message, { cause });
    this.name = "PlatformError";
    this.code = code;
    this.status = status;
    this.calls = calls;
  }
}

export class Admin {
  #address;
  #secret;

  constructor(address, secret) {
    this.#address = address;
    this.#secret = secret;
  }

  /** Answers the parsed body; undefined if there is none. */
  async send(method, path, body) {
    let answer, text;
    try {
      answer = await fetch(this.#address + path, {
        method,
        headers: { authorization: `Bearer ${this.#secret}`, "content-type": "application/json" },
        body: body === undefined ? undefined : JSON.stringify(body),
      });
      text = await answer.text();
    } catch (cause) {
      throw new PlatformError("The local platform does not answer; was it stopped, or did it end by itself?", { code: "unreachable", cause });
    }
    if (!answer.ok) {
      const { message = text, code } = read(text) ?? {};
      throw new PlatformError(message, { code, status: answer.status });
    }
    return text ? JSON.parse(text) : undefined;
  }
}

function read(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

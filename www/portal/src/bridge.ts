// The way to the SDK in the page around. Only that window is heard, at the origin of its first valid message, and only it is
// told anything. Which pages may be around this one, the page's policy says (frame-ancestors).
import { isAnswer, isUpdate, type Invocation, type Update } from "./messages";

type Waiting = { resolve: (result: unknown) => void; reject: (error: Error) => void };

export class Bridge {
  #app: string | undefined;
  #waiting = new Map<string, Waiting>();
  #onUpdate: (update: Update) => void = () => {};

  constructor(private readonly frame: Window) {
    frame.addEventListener("message", (event) => this.#hear(event));
  }

  /** Calls a function with every state that the SDK sends. */
  listen(onUpdate: (update: Update) => void): void {
    this.#onUpdate = onUpdate;
  }

  /** Calls a method of the SDK in the page around. Within a click's turn, if it is to open a window. */
  invoke<Result = unknown>(type: string, ...parameters: unknown[]): Promise<Result> {
    return new Promise((resolve, reject) => {
      if (this.#app === undefined) return reject(new Error("The app's page has not spoken yet."));
      const id = this.frame.crypto.randomUUID();
      this.#waiting.set(id, { resolve: resolve as Waiting["resolve"], reject });
      const message: Invocation = { messageType: "SDK_FUNCTION_INVOCATION", type, parameters, id };
      this.frame.parent.postMessage(message, this.#app);
    });
  }

  #hear({ source, origin, data }: MessageEvent): void {
    if (source !== this.frame.parent || this.frame.parent === this.frame) return;
    if (this.#app !== undefined && origin !== this.#app) return;
    if (isUpdate(data)) {
      // A page without an origin of its own (a sandboxed one) cannot be answered safely.
      if (origin === "null" || !isAround(this.frame, origin)) return;
      this.#app = origin;
      this.#onUpdate(data);
    } else if (this.#app !== undefined && isAnswer(data)) {
      const waiting = this.#waiting.get(data.id);
      this.#waiting.delete(data.id);
      if (data.messageType === "SDK_FUNCTION_RESPONSE") waiting?.resolve(data.result);
      else waiting?.reject(toError(data.message));
    }
  }
}

/** Browsers that know the origin of the page around have the last word. */
function isAround(frame: Window, origin: string): boolean {
  const around = frame.location.ancestorOrigins?.[0];
  return around === undefined || around === origin;
}

/** Errors cross as text: a sentence, or the body of the platform's answer as JSON. */
export function toError(message: unknown, facts: { code?: string | number; status?: number } = {}): Error {
  const text = typeof message === "string" && message ? message : "The account was not connected. Try again.";
  return Object.assign(new Error(text), { name: "ApiError" }, plain(facts), plain(bodyOf(text)));
}

type Body = { message?: string; code?: string | number; status?: number };

function bodyOf(text: string): Body {
  try {
    const body: unknown = JSON.parse(text);
    return typeof body === "object" && body !== null ? (body as Body) : {};
  } catch {
    return {};
  }
}

/** Only what can be shown. */
function plain({ message, code, status }: Body): Body {
  return {
    ...(typeof message === "string" && message && { message: /^\{/.test(message) ? (bodyOf(message).message ?? message) : message }),
    ...((typeof code === "string" || typeof code === "number") && { code: String(code) }),
    ...(typeof status === "number" && { status }),
  };
}

// One request to a provider through the proxy, with what it answered and how long it took.
import { paragon, type ProxyRequestOptions } from "paragon-connect";
import { toShownError, type ShownError } from "paragon-connect/react";
import { useRef, useState } from "react";

export type ProxyAnswer =
  | { ok: true; milliseconds: number; body: unknown }
  | { ok: false; milliseconds: number; error: ShownError };

export function useProxyRequest(type: string) {
  const [busy, setBusy] = useState(false);
  const [answer, setAnswer] = useState<ProxyAnswer | null>(null);
  const run = useRef(0);

  async function send(path: string, options: ProxyRequestOptions): Promise<ProxyAnswer> {
    const mine = ++run.current;
    const started = performance.now();
    const elapsed = () => Math.round(performance.now() - started);
    setBusy(true);
    let result: ProxyAnswer;
    try {
      const body = await paragon.request<unknown>(type, path, options);
      result = { ok: true, milliseconds: elapsed(), body };
    } catch (thrown) {
      result = { ok: false, milliseconds: elapsed(), error: toShownError(thrown) };
    }
    if (mine === run.current) {
      setAnswer(result);
      setBusy(false);
    }
    return result;
  }

  return { busy, answer, send, clear: () => setAnswer(null) };
}

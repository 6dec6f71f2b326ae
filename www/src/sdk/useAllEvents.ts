// Calls a handler for every event of the SDK.
import { paragon, SDK_EVENT, type SDKEventName, type SDKEventPayload } from "paragon-connect";
import { useEffect, useRef } from "react";

export type AnyEvent = SDKEventPayload<SDKEventName>;

export function useAllEvents(handler: (name: SDK_EVENT, event: AnyEvent) => void): void {
  const latest = useRef(handler);
  latest.current = handler;
  useEffect(() => {
    const stops = Object.values(SDK_EVENT).map((name) =>
      paragon.subscribe(name, (event: AnyEvent) => latest.current(name, event)),
    );
    return () => stops.forEach((stop) => stop());
  }, []);
}

// The project's time, in milliseconds since 1970, as it goes by.
import { useEffect, useState } from "react";
import { useLive } from "./context";

export function useNow(): number {
  const { offsetMs, frozenAt } = useLive((live) => live.clock);
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, []);
  return frozenAt ?? now + offsetMs;
}

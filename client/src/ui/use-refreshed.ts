import { useEffect, useRef } from 'react';

/** Reads again every so often, but only while somebody looks. */
export function useRefreshed(read: () => void, everyMs: number): void {
  const latest = useRef(read);
  latest.current = read;
  useEffect(() => {
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') latest.current();
    }, everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
}

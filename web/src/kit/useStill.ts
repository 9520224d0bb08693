import { useCallback, useEffect, useRef } from "react";

const STILL = 700;

/** Done once the keyboard has been still for a moment; typing on begins the moment anew. */
export function useStill<Given extends unknown[]>(
  deed: (...given: Given) => void,
  milliseconds = STILL,
): (...given: Given) => void {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const now = useRef(deed);
  useEffect(() => {
    now.current = deed;
  });
  useEffect(() => () => clearTimeout(timer.current), []);
  return useCallback(
    (...given: Given) => {
      clearTimeout(timer.current);
      timer.current = setTimeout(() => now.current(...given), milliseconds);
    },
    [milliseconds],
  );
}

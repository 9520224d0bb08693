/** What is wanted next waits until the first screen stands, so that it takes no time from it. */
import { useEffect } from "react";

const PATIENCE = 4000;
let stands: () => void = () => undefined;

/** Fulfilled when a screen has been drawn and the browser is idle; signing in can take for ever, so not later than PATIENCE. */
export const afterPaint = new Promise<void>((resolve) => {
  stands = () => {
    idle(resolve);
  };
  setTimeout(resolve, PATIENCE);
});

/** At the end of a screen: drawn with it, it says that the screen stands. */
export function Stands() {
  useEffect(() => {
    stands();
  }, []);
  return null;
}

/** Safari has no idle time to offer. */
export function idle(then: () => void): void {
  if ("requestIdleCallback" in window) requestIdleCallback(then, { timeout: 2000 });
  else setTimeout(then, 50);
}

import { useEffect, useState } from "react";

/** Whoever opened this is where the keyboard goes on when it closes. */
export function useReturnFocus(): void {
  // Asked before anything is drawn: what opens takes the keyboard to itself.
  const [opener] = useState(() => document.activeElement);
  useEffect(() => {
    return () => {
      // Only what the keyboard lost is given back: whoever went elsewhere meanwhile stays there.
      setTimeout(() => {
        const now = document.activeElement;
        if (opener instanceof HTMLElement && opener.isConnected && (now === null || now === document.body)) opener.focus();
      });
    };
  }, [opener]);
}

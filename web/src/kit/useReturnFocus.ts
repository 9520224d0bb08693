import { useEffect, useState } from "react";
import { goBack, trailAtDeed } from "./trail";

/** Whoever opened this is where the keyboard goes on when it closes. */
export function useReturnFocus(): void {
  const [way] = useState(trailAtDeed);
  // Once it is gone from the page: until then the keyboard is still in it.
  useEffect(
    () => () => {
      setTimeout(() => goBack(way));
    },
    [way],
  );
}

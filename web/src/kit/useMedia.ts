import { useSyncExternalStore } from "react";

/** Whether the screen is as narrow as a phone's. */
export function usePhone(): boolean {
  return useSyncExternalStore(follow, () => narrow().matches);
}

const narrow = () => matchMedia("(max-width: 720px)");

function follow(changed: () => void): () => void {
  const query = narrow();
  query.addEventListener("change", changed);
  return () => query.removeEventListener("change", changed);
}

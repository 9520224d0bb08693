/** Whether the server can be reached, as the last request has shown. */
import { useSyncExternalStore } from "react";

let away = false;
const watchers = new Set<() => void>();
const returning = new Set<() => void>();

export function reached(yes: boolean): void {
  if (yes !== away) return;
  away = !yes;
  for (const watcher of watchers) watcher();
  if (yes) for (const then of returning) then();
}

/** What to do once the server answers again. */
export function onReturn(then: () => void): () => void {
  returning.add(then);
  return () => returning.delete(then);
}

function subscribe(watcher: () => void): () => void {
  const gone = () => reached(false);
  watchers.add(watcher);
  addEventListener("offline", gone);
  return () => {
    watchers.delete(watcher);
    removeEventListener("offline", gone);
  };
}

export const isAway = (): boolean => away;
export const useAway = (): boolean => useSyncExternalStore(subscribe, isAway);

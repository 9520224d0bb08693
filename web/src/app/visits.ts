/** Where this person has just been. Kept in this browser only, and forgotten when she signs out. */
import { useEffect, useSyncExternalStore } from "react";
import { useLocation } from "react-router";
import type { Favourite } from "../client/desk";
import type { Meta } from "../client/meta";
import { asList, asText, isObject } from "../kinds/values";
import { onForget } from "../offline/holder";
import { useMeta } from "./meta";
import { readStored, writeStored } from "./stored";

export interface Visit extends Favourite {
  by: string;
}

const KEY = "visits";
const MOST = 60;
/** A screen needs a moment to know its own name. */
const SETTLING = 300;

let visits: Visit[] = asList(readStored(KEY))
  .filter(isObject)
  .map(({ to, label, by }) => ({ to: asText(to), label: asText(label), by: asText(by) }));
const watchers = new Set<() => void>();

function set(next: Visit[]): void {
  visits = next;
  writeStored(KEY, next.length > 0 ? next : undefined);
  for (const watcher of watchers) watcher();
}

export const forgetVisits = () => set([]);
onForget(forgetVisits);

export function remember(visit: Visit): void {
  const others = visits.filter(({ to, by }) => to !== visit.to || by !== visit.by);
  set([visit, ...others].slice(0, MOST));
}

const subscribe = (watcher: () => void) => {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
};

/** The last records and lists of this person, the latest first; what she may no longer see is left out. */
export function useVisits(): Visit[] {
  const { me, objects } = useMeta();
  const all = useSyncExternalStore(subscribe, () => visits);
  return all.filter(({ by, to }) => by === me.username && (placeOf(to)?.collection ?? "") in objects);
}

/** "/customers/12?x" → the collection and the record; nothing for the fixed pages. */
export function placeOf(to: string): { collection: string; record: string | null } | null {
  const [, collection = "", record] = /^\/([a-z-]+)(?:\/(\d+))?(?:\?|$)/.exec(to) ?? [];
  return collection ? { collection, record: record ?? null } : null;
}

/** The name of the screen, as its title says it. */
export function shownTitle(title: string = document.title): string {
  const [name = "", ...rest] = title.split(" · ");
  return rest.length > 0 ? name : "";
}

/** Follows the person from screen to screen. */
export function useRemembering(): void {
  const { pathname } = useLocation();
  const { me, objects } = useMeta();
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    const settle = () => {
      clearTimeout(timer);
      timer = setTimeout(() => {
        const label = shownTitle();
        if (label && pathOf(pathname, objects)) remember({ to: pathname, label, by: me.username });
      }, SETTLING);
    };
    settle();
    const watch = new MutationObserver(settle);
    watch.observe(document.head, { subtree: true, childList: true, characterData: true });
    return () => {
      clearTimeout(timer);
      watch.disconnect();
    };
  }, [pathname, me.username, objects]);
}

const pathOf = (pathname: string, objects: Meta["objects"]) => (placeOf(pathname)?.collection ?? "") in objects;

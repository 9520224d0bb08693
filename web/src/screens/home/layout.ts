/** Which cards stand on somebody's desk, and in which order. */
import { useMeta } from "../../app/meta";
import { prefer, usePreferences } from "../../app/preferences";
import type { Home, HomeCard } from "../../client/desk";
import type { Id } from "../../client/types";

const PINNED = /^report:(\d+)$/;

/** The name under which a report stands on a desk. */
export const pinnedName = (report: Id) => `report:${report}`;

function pinned(name: string): HomeCard | undefined {
  const report = PINNED.exec(name)?.[1];
  return report === undefined
    ? undefined
    : { name, label: "报表", type: "report", report: Number(report), collection: "reports", measure: "count" };
}

/** Those she has chosen, or those one begins with; a card that is no longer offered leaves no hole. */
export function standingCards({ cards, first }: Home, chosen: string[] | null): HomeCard[] {
  return (chosen ?? first)
    .map((name) => cards.find((card) => card.name === name) ?? pinned(name))
    .filter((card) => card !== undefined);
}

export function useLayout() {
  const { home, objects } = useMeta();
  const { home: chosen } = usePreferences();
  const shown = standingCards(home, chosen).filter(({ type, collection }) => type !== "report" || collection in objects);
  const names = shown.map(({ name }) => name);
  const keep = (next: string[]) => prefer({ home: next });
  return {
    shown,
    absent: home.cards.filter(({ name }) => !names.includes(name)),
    own: chosen !== null,
    keep,
    add: (name: string) => keep([...names.filter((one) => one !== name), name]),
    remove: (name: string) => keep(names.filter((one) => one !== name)),
    move: (name: string, to: string) => keep(moved(names, name, to)),
    reset: () => prefer({ home: null }),
  };
}

/** One card put where another stands; those between them close up. */
export function moved(names: string[], name: string, to: string): string[] {
  const [from, at] = [names.indexOf(name), names.indexOf(to)];
  if (from < 0 || at < 0) return names;
  return names.toSpliced(from, 1).toSpliced(at, 0, name);
}

import { useState } from "react";
import type { Id, Row } from "../../client/types";

/** Which rows are chosen: some by hand, or all that match. */
export function useSelection(rows: Row[]) {
  const [ids, setIds] = useState<ReadonlySet<Id>>(new Set());
  const [all, setAll] = useState(false);
  const [last, setLast] = useState<number | null>(null);

  const toggle = (index: number, range = false) => {
    const row = rows[index];
    if (!row) return;
    const next = new Set(all ? rows.map(({ id }) => id) : ids);
    const on = !next.has(row.id);
    const [from, to] = range && last !== null ? [Math.min(last, index), Math.max(last, index)] : [index, index];
    for (const { id } of rows.slice(from, to + 1))
      if (on) next.add(id);
      else next.delete(id);
    setIds(next);
    setAll(false);
    setLast(index);
  };
  const clear = () => {
    setIds(new Set());
    setAll(false);
  };
  const shown = rows.length > 0 && rows.every(({ id }) => all || ids.has(id));
  /** Chooses or leaves out every one of these. */
  const turn = (some: Row[]) => {
    const next = new Set(all ? rows.map(({ id }) => id) : ids);
    const on = some.some(({ id }) => !next.has(id));
    for (const { id } of some)
      if (on) next.add(id);
      else next.delete(id);
    setIds(next);
    setAll(false);
  };
  const toggleShown = () => (shown ? clear() : setIds(new Set(rows.map(({ id }) => id))));
  return {
    ids,
    all,
    has: (id: Id) => all || ids.has(id),
    some: all || ids.size > 0,
    shown,
    toggle,
    turn,
    toggleShown,
    chooseAll: () => setAll(true),
    clear,
  };
}

export type Selection = ReturnType<typeof useSelection>;

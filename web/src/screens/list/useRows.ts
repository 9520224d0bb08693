import { keepPreviousData, useInfiniteQuery, useQueryClient, type InfiniteData } from "@tanstack/react-query";
import { useCallback, useMemo, useRef, useState } from "react";
import { records, type ListAsk } from "../../client/api";
import type { Description, Filter, Id, Page, Row } from "../../client/types";
import { forServer } from "./filters";
import type { Line } from "./lines";

const FIRST = 50,
  NEXT = 200;
/** How many pages on either side of what is looked at are asked for anew when something moved. */
const NEAR = 1;

export interface Asked {
  q: string;
  filter: Filter | null;
  order: string;
  fields: string[];
  meets: Filter[];
}

/** Rows as far as somebody has scrolled. When colleagues change something, only what is in sight is asked for again. */
export function useRows(object: Description, { q, filter, order, fields, meets }: Asked, enabled = true) {
  const ask: ListAsk = { q: q.trim(), filter: forServer(filter), order, fields, meets };
  const queryKey = [object.collection, "list", ask];
  const client = useQueryClient();
  const looked = useRef(0);
  const old = useRef(new Set<string>());
  const pages = useInfiniteQuery({
    queryKey,
    queryFn: ({ pageParam, signal }) => {
      const kept = farPage(client.getQueryData(queryKey), pageParam, looked.current);
      if (kept) {
        old.current.add(pageParam);
        return kept;
      }
      old.current.delete(pageParam);
      return records.list(object.collection, { ...ask, limit: pageParam ? NEXT : FIRST, after: pageParam }, signal);
    },
    initialPageParam: "",
    getNextPageParam: (last) => last.next,
    placeholderData: keepPreviousData,
    enabled,
  });
  const [held, setHeld] = useState<Held>({ of: "", at: new Map() });
  const of = JSON.stringify(queryKey);
  const rows = useMemo(() => {
    const found = pages.data?.pages.flatMap((page) => page.rows) ?? [];
    return held.of === of ? inPlace(found, held.at) : found;
  }, [pages.data, held, of]);
  /** Whoever changes a row where it stands finds it there afterwards; another question, or coming back, orders it anew. */
  const hold = (id: Id) => {
    const at = rows.findIndex((row) => row.id === id);
    if (at >= 0) setHeld((now) => ({ of, at: new Map(now.of === of ? now.at : []).set(id, at) }));
  };
  const lines = useMemo(() => rows.map((row, index): Line => ({ kind: "row", row, index })), [rows]);
  const { refetch, data } = pages;
  /** Told where somebody looks: what stayed as it was out of sight is asked for when it comes into sight. */
  const look = useCallback(
    (index: number) => {
      looked.current = index < FIRST ? 0 : 1 + Math.floor((index - FIRST) / NEXT);
      const here = data?.pageParams[looked.current];
      if (typeof here === "string" && old.current.has(here)) void refetch();
    },
    [data, refetch],
  );
  return { pages, rows, lines, look, hold };
}

interface Held {
  /** The question in whose answer they keep their places. */ of: string;
  at: ReadonlyMap<Id, number>;
}

/** The rows as they came, but for those that keep the place they had. */
export function inPlace(rows: Row[], at: ReadonlyMap<Id, number>): Row[] {
  const placed = rows.filter(({ id }) => !at.has(id));
  const kept = rows.filter(({ id }) => at.has(id)).toSorted((one, other) => (at.get(one.id) ?? 0) - (at.get(other.id) ?? 0));
  for (const row of kept) placed.splice(at.get(row.id) ?? 0, 0, row);
  return placed;
}

/** A page that is already known and far from what somebody looks at. */
function farPage(known: InfiniteData<Page> | undefined, after: string, looked: number): Page | undefined {
  const at = known?.pageParams.indexOf(after) ?? -1;
  return at >= 0 && Math.abs(at - looked) > NEAR ? known?.pages[at] : undefined;
}

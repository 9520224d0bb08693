import { keepPreviousData, useQueries, useQueryClient } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { records, type ListAsk } from "../../client/api";
import type { Description, Page } from "../../client/types";
import { useAggregate } from "../dashboard/useAggregate";
import { forServer } from "./filters";
import { found, type Found } from "./grouping";
import type { Line } from "./lines";
import type { Asked } from "./useRows";

const PAGE = 100;
const MOST_GROUPS = 1000;

/** A list in groups: first their heads with figures, the rows of each when it is unfolded. */
export function useGroups(object: Description, by: string, asked: Asked, measures: string[]) {
  const [open, setOpen] = useState<ReadonlyMap<string, number>>(new Map());
  const on = by !== "";
  const heads = useAggregate(object, { group: [by], measures, filter: asked.filter, q: asked.q.trim(), limit: MOST_GROUPS }, on);
  const groups = useMemo(() => (on ? found(object, by, heads.data ?? [], asked.filter) : []), [object, by, heads.data, asked.filter, on]);
  const pages = usePages(object, groups.filter(({ key }) => open.has(key)), open, asked);
  const lines = groups.flatMap((group): Line[] => {
    const head: Line = { kind: "group", key: group.key, label: group.label, count: Number(group.row.count), figures: group.row, open: open.has(group.key) };
    return [head, ...(pages.get(group.key) ?? [])];
  });
  const fold = (key: string) => setOpen((now) => { const next = new Map(now); if (!next.delete(key)) next.set(key, 1); return next; });
  const more = (key: string) => setOpen((now) => new Map(now).set(key, (now.get(key) ?? 0) + 1));
  const all = (unfold: boolean) => setOpen(new Map(unfold ? groups.slice(0, 20).map(({ key }) => [key, 1]) : []));
  return { heads, lines: numbered(lines), fold, more, all, some: open.size > 0 };
}

/** The pages of every open group, each asked for from where the one before it ended. */
function usePages(object: Description, groups: Found[], open: ReadonlyMap<string, number>, asked: Asked): Map<string, Line[]> {
  const client = useQueryClient();
  const chain = groups.flatMap((group) => {
    const asks: { key: string; queryKey: unknown[]; ask: ListAsk; last: boolean }[] = [];
    for (let after = "", left = open.get(group.key) ?? 0; left > 0; left -= 1) {
      const ask: ListAsk = { q: asked.q.trim(), filter: forServer(group.filter), order: asked.order, limit: PAGE, fields: asked.fields, meets: asked.meets, after };
      const queryKey = [object.collection, "list", "group", ask];
      const next = client.getQueryData<Page>(queryKey)?.next;
      asks.push({ key: group.key, queryKey, ask, last: !next || left === 1 });
      if (!next) break;
      after = next;
    }
    return asks;
  });
  const results = useQueries({
    queries: chain.map(({ queryKey, ask }) => ({
      queryKey, queryFn: ({ signal }: { signal: AbortSignal }) => records.list(object.collection, ask, signal), placeholderData: keepPreviousData,
    })),
  });
  const lines = new Map<string, Line[]>();
  chain.forEach(({ key, last }, index) => {
    const result = results[index];
    const own = lines.get(key) ?? [];
    own.push(...(result?.data?.rows ?? []).map((row): Line => ({ kind: "row", row, index: 0 })));
    if (last && (!result?.data || result.data.next)) own.push({ kind: "rest", key, problem: result?.error?.message ?? "" });
    lines.set(key, own);
  });
  return lines;
}

function numbered(lines: Line[]): Line[] {
  let index = 0;
  return lines.map((line) => (line.kind === "row" ? { ...line, index: index++ } : line));
}

import { keepPreviousData, useQueries, useQueryClient } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { records, type ListAsk } from "../../client/api";
import type { Description, Filter, Page } from "../../client/types";
import { aggregated, useAggregate } from "../dashboard/useAggregate";
import { forServer } from "./filters";
import { found, type Found } from "./grouping";
import type { GroupLine, Line, RestLine } from "./lines";
import type { Asked } from "./useRows";

const PAGE = 100;
const MOST_GROUPS = 1000;

/** How many pages of each group are unfolded. */
type Open = ReadonlyMap<string, number>;
interface Below {
  groups: Found[];
  rest: RestLine | null;
}

/** A list in groups: first their heads with figures; the groups within, and the rows of each, when it is unfolded. */
export function useGroups(object: Description, [outer = "", inner]: string[], asked: Asked, measures: string[]) {
  const [open, setOpen] = useState<Open>(new Map());
  const on = outer !== "";
  const heads = useAggregate(object, headsOf(outer, measures, asked, asked.filter), on);
  const groups = useMemo(
    () => (on ? found(object, outer, heads.data ?? [], asked.filter) : []),
    [object, outer, heads.data, asked.filter, on],
  );
  const unfolded = groups.filter(({ key }) => open.has(key));
  const nested = useNested(object, inner, inner ? unfolded : [], asked, measures);
  const innermost = inner ? [...nested.values()].flatMap((below) => below.groups).filter(({ key }) => open.has(key)) : unfolded;
  const pages = usePages(object, innermost, open, asked);
  const withRows = (group: Found, depth: number): Line[] => [head(group, depth, open), ...(pages.get(group.key) ?? [])];
  const lines = groups.flatMap((group): Line[] => {
    const below = open.has(group.key) ? nested.get(group.key) : undefined;
    if (!below) return withRows(group, 0);
    return [head(group, 0, open), ...below.groups.flatMap((one) => withRows(one, 1)), ...(below.rest ? [below.rest] : [])];
  });
  const fold = (key: string) =>
    setOpen((now) => {
      const next = new Map(now);
      if (!next.delete(key)) next.set(key, 1);
      return next;
    });
  const more = (key: string) => setOpen((now) => new Map(now).set(key, (now.get(key) ?? 0) + 1));
  return { heads, lines: numbered(lines), fold, more };
}

const headsOf = (by: string, measures: string[], { q }: Asked, filter: Filter | null) => ({
  group: [by],
  measures,
  filter,
  q: q.trim(),
  limit: MOST_GROUPS,
});

const head = (group: Found, depth: number, open: Open): GroupLine => ({
  kind: "group",
  key: group.key,
  depth,
  label: group.label,
  count: Number(group.row.count),
  figures: group.row,
  open: open.has(group.key),
});

/** The groups within each unfolded one, with figures of their own: an average of averages would be none. */
function useNested(
  object: Description,
  inner: string | undefined,
  outer: Found[],
  asked: Asked,
  measures: string[],
): Map<string, Below> {
  const results = useQueries({
    queries: outer.map(({ filter }) => aggregated(object, headsOf(inner ?? "", measures, asked, filter))),
  });
  return new Map(
    outer.map(({ key, filter }, index) => {
      const result = results[index];
      const groups = found(object, inner ?? "", result?.data ?? [], filter).map((one) => ({ ...one, key: `${key}/${one.key}` }));
      const rest: RestLine | null = result?.data
        ? null
        : { kind: "rest", key, waiting: !result?.error, problem: result?.error?.message ?? "" };
      return [key, { groups, rest }];
    }),
  );
}

/** The pages of every open group, each asked for from where the one before it ended. */
function usePages(object: Description, groups: Found[], open: Open, asked: Asked): Map<string, Line[]> {
  const client = useQueryClient();
  const chain = groups.flatMap((group) => {
    const asks: { key: string; queryKey: unknown[]; ask: ListAsk; last: boolean }[] = [];
    for (let after = "", left = open.get(group.key) ?? 0; left > 0; left -= 1) {
      const ask: ListAsk = {
        q: asked.q.trim(),
        filter: forServer(group.filter),
        order: asked.order,
        limit: PAGE,
        fields: asked.fields,
        meets: asked.meets,
        after,
      };
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
      queryKey,
      queryFn: ({ signal }: { signal: AbortSignal }) => records.list(object.collection, ask, signal),
      placeholderData: keepPreviousData,
    })),
  });
  const lines = new Map<string, Line[]>();
  chain.forEach(({ key, last }, index) => {
    const result = results[index];
    const own = lines.get(key) ?? [];
    own.push(...(result?.data?.rows ?? []).map((row): Line => ({ kind: "row", row, index: 0 })));
    if (last && (!result?.data || result.data.next))
      own.push({ kind: "rest", key, waiting: result?.isFetching ?? true, problem: result?.error?.message ?? "" });
    lines.set(key, own);
  });
  return lines;
}

function numbered(lines: Line[]): Line[] {
  let index = 0;
  return lines.map((line) => (line.kind === "row" ? { ...line, index: index++ } : line));
}

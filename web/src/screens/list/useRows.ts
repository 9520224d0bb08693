import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import { records, type ListAsk } from "../../client/api";
import type { Description, Filter } from "../../client/types";
import { forServer } from "./filters";

const PAGE = 50;

export interface Asked { q: string; filter: Filter | null; order: string; fields: string[] }

/** Rows as far as somebody has scrolled. */
export function useRows(object: Description, { q, filter, order, fields }: Asked) {
  const ask: ListAsk = { q: q.trim(), filter: forServer(filter), order, limit: PAGE, fields };
  const pages = useInfiniteQuery({
    queryKey: [object.collection, "list", ask],
    queryFn: ({ pageParam, signal }) => records.list(object.collection, { ...ask, after: pageParam }, signal),
    initialPageParam: "",
    getNextPageParam: (last) => last.next,
    placeholderData: keepPreviousData,
  });
  const rows = useMemo(() => pages.data?.pages.flatMap((page) => page.rows) ?? [], [pages.data]);
  return { pages, rows };
}

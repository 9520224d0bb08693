import { useQuery, useQueryClient, type QueryClient } from "@tanstack/react-query";
import { useEffect, useRef } from "react";
import { changes, type Changes } from "../client/live";
import { WAITING } from "./useWaiting";

const EVERY = 4000;

/** What colleagues change appears by itself: every few seconds, while somebody looks, only what moved is asked for anew; after another role or field, everything. */
export function useLive(): number {
  const queries = useQueryClient();
  const from = useRef<number | undefined>(undefined);
  const revision = useRef<number | undefined>(undefined);
  const asked = useQuery({
    queryKey: ["changes"],
    queryFn: () => changes(from.current),
    refetchInterval: EVERY,
    refetchIntervalInBackground: false,
    staleTime: 0,
    gcTime: 0,
    retry: false,
  });
  const told = asked.data;
  useEffect(() => {
    if (!told) return;
    const other = revision.current !== undefined && revision.current !== told.revision;
    if (from.current !== undefined) refetchWhatMoved(queries, other ? { ...told, everything: true } : told);
    from.current = told.last;
    revision.current = told.revision;
    queries.setQueryData(WAITING, told.waiting);
  }, [told, queries]);
  return told?.unread ?? 0;
}

/** Everything shown of a collection is a query whose key begins with its name; a record's page may show any of them. */
export function refetchWhatMoved(queries: QueryClient, { changed, everything }: Changes): void {
  const moved = new Set<unknown>(Object.keys(changed));
  if (moved.size === 0 && !everything) return;
  void queries.invalidateQueries({
    predicate: ({ queryKey }) => queryKey[0] !== "changes" && (everything || moved.has(queryKey[0]) || queryKey[2] === "page"),
  });
}

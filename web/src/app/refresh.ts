import { useQueryClient } from "@tanstack/react-query";
import { useCallback } from "react";

const LASTING = new Set<unknown>(["session", "meta", "divisions"]);

/** One change may show in many places: lists, totals, pages of related records. All that is on the screen is asked for anew. */
export function useRefresh(): () => Promise<void> {
  const queries = useQueryClient();
  return useCallback(() => queries.invalidateQueries({ predicate: ({ queryKey }) => !LASTING.has(queryKey[0]) }), [queries]);
}

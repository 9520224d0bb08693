import { useQuery } from "@tanstack/react-query";
import { records, type AggregateAsk } from "../../client/api";
import type { Description } from "../../client/types";
import { forServer } from "../list/filters";

export function useAggregate(object: Description, ask: AggregateAsk, enabled = true) {
  const asked = { ...ask, filter: forServer(ask.filter ?? null) };
  return useQuery({
    queryKey: [object.collection, "aggregate", asked],
    queryFn: () => records.aggregate(object.collection, asked),
    select: ({ rows }) => rows,
    enabled,
  });
}

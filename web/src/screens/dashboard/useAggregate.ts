import { queryOptions, useQuery } from "@tanstack/react-query";
import { records, type AggregateAsk } from "../../client/api";
import type { Description } from "../../client/types";
import { forServer } from "../list/filters";

export function aggregated(object: Description, ask: AggregateAsk) {
  const asked = { ...ask, filter: forServer(ask.filter ?? null) };
  return queryOptions({
    queryKey: [object.collection, "aggregate", asked],
    queryFn: () => records.aggregate(object.collection, asked),
    select: ({ rows }) => rows,
  });
}

export const useAggregate = (object: Description, ask: AggregateAsk, enabled = true) =>
  useQuery({ ...aggregated(object, ask), enabled });

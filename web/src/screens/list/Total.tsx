import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { records } from "../../client/api";
import type { Description, Filter } from "../../client/types";
import { forServer } from "./filters";

/** How many match; asked for apart, so that rows need not wait for it. */
export function useTotal(object: Description, q: string, filter: Filter | null) {
  const ask = { q: q.trim(), filter: forServer(filter) };
  const total = useQuery({
    queryKey: [object.collection, "count", ask],
    queryFn: ({ signal }) => records.count(object.collection, ask, signal),
    placeholderData: keepPreviousData,
  });
  return total.data;
}

export function Total({ object, state }: { object: Description; state: { q: string; filter: Filter | null } }) {
  const total = useTotal(object, state.q, state.filter);
  return (
    <span className="muted figure" role="status" aria-label="总数">
      {total && `${total.count.toLocaleString("zh-CN")}${total.exact ? "" : "+"} 条`}
    </span>
  );
}

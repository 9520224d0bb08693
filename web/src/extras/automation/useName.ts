import { useQuery } from "@tanstack/react-query";
import { records } from "../../client/api";
import type { Description, Filter, Id, Ref } from "../../client/types";
import { asText } from "../../kinds/values";

/** What a record is called, where all that is known of it is its number; `missing` when one may not open it. */
export function useName(object: Description | undefined, id: Id | null): { name: string; missing: boolean } {
  const collection = object?.collection ?? "";
  const found = useQuery({
    queryKey: [collection, "named", id],
    enabled: object !== undefined && id !== null,
    queryFn: () => records.get(collection, id ?? 0),
    retry: false,
  });
  const title = found.data?.[object?.title ?? ""];
  return { name: typeof title === "string" ? title : `#${id ?? ""}`, missing: found.isError };
}

/** The same of several, with one question. */
export function useNames(object: Description | undefined, ids: Id[]): Ref[] {
  const collection = object?.collection ?? "";
  const title = object?.title ?? "";
  const filter: Filter = { field: "id", op: "in", value: ids };
  const found = useQuery({
    queryKey: [collection, "named", ids],
    enabled: object !== undefined && ids.length > 0,
    queryFn: () => records.list(collection, { filter, fields: [title], limit: 200 }),
    retry: false,
  });
  return ids.map((id) => ({ id, label: asText(found.data?.rows.find((row) => row.id === id)?.[title]) || `#${id}` }));
}

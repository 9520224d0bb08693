import { useQuery } from "@tanstack/react-query";
import { records } from "../../client/api";
import type { Description, Id } from "../../client/types";

/** What a record is called, where all that is known of it is its number; `missing` when one may not open it. */
export function useName(object: Description | undefined, id: Id | null): { name: string; missing: boolean } {
  const collection = object?.collection ?? "";
  const found = useQuery({ queryKey: [collection, "named", id], enabled: object !== undefined && id !== null, queryFn: () => records.get(collection, id ?? 0), retry: false });
  const title = found.data?.[object?.title ?? ""];
  return { name: typeof title === "string" ? title : `#${id ?? ""}`, missing: found.isError };
}

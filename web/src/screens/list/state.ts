/** The whole state of a list lives in its address, so that a link is a view. */
import { useMemo } from "react";
import { useSearchParams } from "react-router";
import { readStored, writeStored } from "../../app/stored";
import type { Description, Filter } from "../../client/types";
import { asTexts, isObject } from "../../kinds/values";

export interface ListState {
  q: string;
  filter: Filter | null;
  order: string;
  columns: string[];
  view: "table" | "board";
}

export function useListState(object: Description) {
  const [params, setParams] = useSearchParams();
  const state = useMemo(() => read(params, object), [params, object]);
  const change = (next: Partial<ListState>) => {
    if (next.columns) writeStored(`columns:${object.collection}`, next.columns);
    setParams((now) => write(now, next, object), { replace: next.q !== undefined });
  };
  return [state, change] as const;
}

function read(params: URLSearchParams, object: Description): ListState {
  const known = new Set(object.fields.map(({ name }) => name));
  const asked = params.get("columns")?.split(",") ?? asTexts(readStored(`columns:${object.collection}`));
  const columns = asked.filter((name) => known.has(name));
  return {
    q: params.get("q") ?? "",
    filter: readFilter(params.get("filter")),
    order: params.get("order") ?? object.order,
    columns: columns.length > 0 ? columns : object.columns,
    view: params.get("view") === "board" && object.board ? "board" : "table",
  };
}

/** A filter from an address anybody may have typed. */
export function readFilter(text: string | null): Filter | null {
  if (!text) return null;
  try {
    const parsed: unknown = JSON.parse(text);
    return isFilter(parsed) ? parsed : null;
  } catch {
    return null;
  }
}

function isFilter(value: unknown): value is Filter {
  if (!isObject(value)) return false;
  if ("and" in value) return Array.isArray(value.and) && value.and.every(isFilter);
  if ("or" in value) return Array.isArray(value.or) && value.or.every(isFilter);
  if ("not" in value) return isFilter(value.not);
  return typeof value.field === "string" && typeof value.op === "string";
}

function write(params: URLSearchParams, next: Partial<ListState>, object: Description): URLSearchParams {
  const written = new URLSearchParams(params);
  const put = (key: string, value: string | undefined) => (value ? written.set(key, value) : written.delete(key));
  if (next.q !== undefined) put("q", next.q);
  if (next.filter !== undefined) put("filter", next.filter ? JSON.stringify(next.filter) : undefined);
  if (next.order !== undefined) put("order", next.order === object.order ? undefined : next.order);
  if (next.columns !== undefined) put("columns", next.columns.join(","));
  if (next.view !== undefined) put("view", next.view === "table" ? undefined : next.view);
  return written;
}

/** The address of a list with a filter. */
export function listAddress(collection: string, filter: Filter | null, order?: string | null): string {
  const params = new URLSearchParams();
  if (filter) params.set("filter", JSON.stringify(filter));
  if (order) params.set("order", order);
  const search = params.toString();
  return `/${collection}${search && `?${search}`}`;
}

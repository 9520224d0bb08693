/** The whole state of a list lives in its address, so that a link is a view. */
import { useMemo } from "react";
import { useSearchParams } from "react-router";
import { readStored, writeStored } from "../../app/stored";
import type { Description, Filter } from "../../client/types";
import { asTexts, isObject } from "../../kinds/values";
import { readFilter } from "./filters";
import { readGroups } from "./grouping";
import { readRules, type Rule } from "./rules";

export interface ListState {
  q: string;
  filter: Filter | null;
  order: string;
  columns: string[];
  /** Pixels of the columns somebody drew wider or narrower. */
  widths: Record<string, number>;
  /** How many of the first columns stay in sight. */
  frozen: number;
  /** ["climate", "born_on:month"]: groups, and groups within them. */
  group: string[];
  /** What stands below a column that is not simply added up: "avg", "min", "max", "none". */
  totals: Record<string, string>;
  rules: Rule[];
  /** The name of a shape: see shapes.tsx. */
  view: string;
  /** What the shapes keep: "board.field", "chart.by". */
  settings: Record<string, string>;
}

export type Change = (next: Partial<ListState>) => void;

const QUIET = new Set<string>(["q", "widths", "columns", "frozen", "totals", "settings"]);

export function useListState(object: Description) {
  const [params, setParams] = useSearchParams();
  const state = useMemo(() => read(params, object), [params, object]);
  const change: Change = (next) => {
    remember(object.collection, next);
    setParams((now) => write(now, next, object), { replace: Object.keys(next).every((key) => QUIET.has(key)) });
  };
  return [state, change] as const;
}

/** How the columns stand is the habit of a person: it holds for the next visit too. */
function remember(collection: string, { columns, widths, frozen }: Partial<ListState>): void {
  if (columns) writeStored(`columns:${collection}`, columns);
  if (widths) writeStored(`widths:${collection}`, widths);
  if (frozen !== undefined) writeStored(`frozen:${collection}`, frozen);
}

function read(params: URLSearchParams, object: Description): ListState {
  const known = new Set(object.fields.map(({ name }) => name));
  const stored = (key: string) => readStored(`${key}:${object.collection}`);
  const asked = params.get("columns")?.split(",") ?? asTexts(stored("columns"));
  const columns = asked.filter((name) => known.has(name));
  return {
    q: params.get("q") ?? "",
    filter: readFilter(params.get("filter")),
    order: params.get("order") ?? object.order,
    columns: columns.length > 0 ? columns : object.columns,
    widths: params.has("widths") ? readPairs(params.get("widths"), toWidth) : readWidths(stored("widths")),
    frozen: whole(params.get("frozen") ?? stored("frozen"), 1),
    group: readGroups(params.get("group"), known),
    totals: readPairs(params.get("totals"), (text) => text),
    rules: readRules(params.get("rules")),
    view: params.get("view") ?? "table",
    settings: Object.fromEntries([...params].filter(([key]) => key.includes("."))),
  };
}

const whole = (value: unknown, otherwise: number): number => {
  const number = value === null || value === undefined || value === "" ? NaN : Number(value);
  return Number.isInteger(number) && number >= 0 && number < 20 ? number : otherwise;
};

const NARROWEST = 48,
  WIDEST = 900;
export const withinWidths = (width: number) => Math.round(Math.min(WIDEST, Math.max(NARROWEST, width)));
const toWidth = (text: string) => (Number(text) > 0 ? withinWidths(Number(text)) : undefined);

const readWidths = (stored: unknown): Record<string, number> =>
  isObject(stored)
    ? Object.fromEntries(Object.entries(stored).filter((pair): pair is [string, number] => typeof pair[1] === "number"))
    : {};

/** "name:240,price:120" */
function readPairs<T>(text: string | null, value: (text: string) => T | undefined): Record<string, T> {
  const pairs = (text ?? "")
    .split(",")
    .map((pair) => pair.split(":"))
    .map(([name = "", part = ""]) => [name, value(part)] as const);
  return Object.fromEntries(pairs.filter((pair): pair is readonly [string, T] => pair[0] !== "" && pair[1] !== undefined));
}

const writePairs = (pairs: Record<string, string | number>) =>
  Object.entries(pairs)
    .map(([name, value]) => `${name}:${value}`)
    .join(",");

function write(params: URLSearchParams, next: Partial<ListState>, object: Description): URLSearchParams {
  const written = new URLSearchParams(params);
  const put = (key: string, value: string | undefined) => (value ? written.set(key, value) : written.delete(key));
  const text: { [Key in keyof ListState]: (value: ListState[Key]) => string | undefined } = {
    q: (q) => q,
    order: (order) => (order === object.order ? undefined : order),
    view: (view) => (view === "table" ? undefined : view),
    filter: (filter) => (filter ? JSON.stringify(filter) : undefined),
    columns: (columns) => columns.join(","),
    group: (group) => group.join(","),
    widths: writePairs,
    totals: writePairs,
    frozen: String,
    rules: (rules) => (rules.length > 0 ? JSON.stringify(rules) : undefined),
    settings: () => undefined,
  };
  const one = <Key extends keyof ListState>(key: Key, value: ListState[Key] | undefined) => {
    if (value !== undefined) put(key, text[key](value));
  };
  for (const key of Object.keys(next) as (keyof ListState)[]) if (key !== "settings") one(key, next[key]);
  for (const [key, value] of Object.entries(next.settings ?? {})) put(key, value);
  return written;
}

/** The address of a list with a filter, and with the word it is narrowed by. */
export function listAddress(collection: string, filter: Filter | null, order?: string | null, q = ""): string {
  const params = new URLSearchParams();
  if (q.trim()) params.set("q", q.trim());
  if (filter) params.set("filter", JSON.stringify(filter));
  if (order) params.set("order", order);
  const search = params.toString();
  return `/${collection}${search && `?${search}`}`;
}

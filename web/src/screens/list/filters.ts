/** The filter language in the browser: reading it, saying it in words, and preparing it for the server. */
import { fieldOf, ownFirst } from "../../app/meta";
import type { Meta } from "../../client/meta";
import type { Condition, Description, Field, Filter, Op } from "../../client/types";
import { kindOf } from "../../kinds";
import { isBlank, isObject } from "../../kinds/values";

export const OPS: Record<Op, string> = {
  contains: "包含",
  starts: "开头是",
  eq: "是",
  ne: "不是",
  in: "是其中之一",
  not_in: "不在其中",
  lt: "小于",
  lte: "小于等于",
  gt: "大于",
  gte: "大于等于",
  between: "介于",
  during: "在",
  has_any: "含任一",
  has_all: "全部含",
  has_none: "都不含",
  within: "属于",
  empty: "为空",
  filled: "不为空",
  shared: "共享给我的",
};
const FOR_DAYS: Partial<Record<Op, string>> = { eq: "就在", lt: "早于", lte: "不晚于", gt: "晚于", gte: "不早于" };
const FOR_NUMBERS: Partial<Record<Op, string>> = { eq: "等于", ne: "不等于" };
const NUMBERS = new Set(["integer", "decimal", "money", "ratio"]);

export function opLabel(op: Op, field: Field): string {
  const own = field.kind === "date" || field.kind === "datetime" ? FOR_DAYS : NUMBERS.has(field.kind) ? FOR_NUMBERS : {};
  return own[op] ?? OPS[op];
}

const VALUELESS = new Set<Op>(["empty", "filled", "shared"]);
export const takesValue = (op: Op) => !VALUELESS.has(op);

/** The operator people mean first for a field of this kind. */
export function firstOp(field: Field): Op {
  const ops = field.ops ?? [];
  const liked: Op[] = ["in", "during", "between", "has_any", "within", "contains", "eq"];
  const wanted = NUMBERS.has(field.kind) ? ["gte" as Op, ...liked] : field.kind === "text" ? ["contains" as Op, ...liked] : liked;
  return wanted.find((op) => ops.includes(op)) ?? ops[0] ?? "eq";
}

export const isCondition = (filter: Filter): filter is Condition => "field" in filter;

export function isComplete(condition: Condition): boolean {
  if (!takesValue(condition.op)) return true;
  if (condition.op === "between")
    return Array.isArray(condition.value) && condition.value.length === 2 && !condition.value.some(isBlank);
  return !isBlank(condition.value);
}

/** The members of the topmost “and”: the chips above a list. */
export function members(filter: Filter | null): Filter[] {
  if (!filter) return [];
  return "and" in filter ? filter.and : [filter];
}

export function together(filters: Filter[]): Filter | null {
  const [only, ...rest] = filters;
  if (!only) return null;
  return rest.length === 0 ? only : { and: filters };
}

export const narrowed = (...filters: (Filter | null | undefined)[]): Filter | null =>
  together(filters.flatMap((filter) => members(filter ?? null)));

/** The same filter with ids where the browser also kept names, and without half-written conditions. */
export function forServer(filter: Filter | null): Filter | null {
  if (!filter) return null;
  if (isCondition(filter)) {
    if (!isComplete(filter)) return null;
    return takesValue(filter.op) ? { ...filter, value: bare(filter.value) } : { field: filter.field, op: filter.op };
  }
  if ("not" in filter) {
    const inner = forServer(filter.not);
    return inner && { not: inner };
  }
  const parts = ("and" in filter ? filter.and : filter.or).map(forServer).filter((part) => part !== null);
  if (parts.length === 0) return null;
  return "and" in filter ? { and: parts } : { or: parts };
}

function bare(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(bare);
  return isObject(value) && "id" in value ? value.id : value;
}

export interface Place {
  path: string;
  field: Field;
  label: string;
  group: string;
}

/** Everything a list can be filtered by: its own fields, then those of the records it refers to. */
export function places(meta: Meta, object: Description): Place[] {
  const usable = (field: Field) => (field.ops?.length ?? 0) > 0 && field.kind !== "lines";
  const first = object.filters.map((name) => fieldOf(object, name)).filter((field) => field !== undefined);
  const own = [...first, ...ownFirst(object).filter(({ name }) => !object.filters.includes(name))]
    .filter(usable)
    .map((field): Place => ({ path: field.name, field, label: field.label, group: object.label }));
  const beyond = own
    .filter(({ field }) => field.kind === "ref")
    .flatMap(({ field }) =>
      (meta.objects[field.to ?? ""]?.fields ?? []).filter(usable).map((inner): Place => ({
        path: `${field.name}.${inner.name}`,
        field: inner,
        label: `${field.label} · ${inner.label}`,
        group: `${field.label}的栏目`,
      })),
    );
  return [...own, ...beyond];
}

export function placeAt(meta: Meta, object: Description, path: string): Place | undefined {
  const [name = "", inner] = path.split(".");
  const field = fieldOf(object, name);
  if (!field || inner === undefined) return field && { path, field, label: field.label, group: object.label };
  const beyond = meta.objects[field.to ?? ""];
  const last = beyond && fieldOf(beyond, inner);
  return last && { path, field: last, label: `${field.label} · ${last.label}`, group: field.label };
}

/** The records colleagues opened to whoever asks, however far her roles reach. */
export const SHARED: Condition = { field: "id", op: "shared" };

/** A filter in words: “级别 是其中之一 A级、B级”. */
export function inWords(meta: Meta, object: Description, filter: Filter): string {
  if ("not" in filter) return `非（${inWords(meta, object, filter.not)}）`;
  if ("and" in filter) return filter.and.map((part) => inWords(meta, object, part)).join(" 且 ");
  if ("or" in filter) return `（${filter.or.map((part) => inWords(meta, object, part)).join(" 或 ")}）`;
  if (filter.op === "shared") return "共享给我的";
  const place = placeAt(meta, object, filter.field);
  if (!place) return filter.field;
  const { text } = kindOf(place.field);
  const many = Array.isArray(filter.value) ? filter.value : [filter.value];
  const values = many.map((value) => text(wrap(place.field, value), place.field)).join(filter.op === "between" ? " 至 " : "、");
  return `${place.label} ${opLabel(filter.op, place.field)}${takesValue(filter.op) ? ` ${values}` : ""}`;
}

/** One value of a kind that holds several is read as a list of one. */
const wrap = (field: Field, value: unknown) => (["choices", "tags"].includes(field.kind) ? [value] : value);

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

export function isFilter(value: unknown): value is Filter {
  if (!isObject(value)) return false;
  if ("and" in value) return Array.isArray(value.and) && value.and.every(isFilter);
  if ("or" in value) return Array.isArray(value.or) && value.or.every(isFilter);
  if ("not" in value) return isFilter(value.not);
  return typeof value.field === "string" && typeof value.op === "string";
}

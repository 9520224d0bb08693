/** A list in groups: by which fields, in what order, and which records belong to one. */
import type { Description, Field, Fields, Filter } from "../../client/types";
import { asText, isBlank } from "../../kinds/values";
import { groupFilter, groupOf, groupText, type Group } from "../dashboard/measure";

export const PARTS: Record<string, string> = { year: "按年", quarter: "按季度", month: "按月", week: "按周", day: "按日" };
/** Groups within groups; more of them would leave no room for the rows. */
export const DEEPEST = 2;

const GROUPED = new Set<Field["kind"]>(["choice", "state", "boolean", "ref", "person", "date", "datetime"]);
const DATES = new Set<Field["kind"]>(["date", "datetime"]);

export const isDate = (field: Field) => DATES.has(field.kind);
export const groupable = ({ fields }: Description): Field[] =>
  fields.filter(({ kind, sortable }) => GROUPED.has(kind) && sortable !== false);

/** The group of a field as the address carries it: dates by month unless somebody says otherwise. */
export const groupKey = (field: Field, part = "month") => (isDate(field) ? `${field.name}:${part}` : field.name);

/** The name of the field in such a group. */
export const groupName = (key: string) => key.split(":")[0] ?? "";

/** "stage,closed_on:month" as the address carries it: the groups, then the groups within them. */
export function readGroups(text: string | null, known: ReadonlySet<string>): string[] {
  const keys = (text ?? "").split(",").filter((key) => known.has(groupName(key)));
  return keys.filter((key, index) => keys.findIndex((other) => groupName(other) === groupName(key)) === index).slice(0, DEEPEST);
}

export interface Found {
  key: string;
  label: string;
  row: Fields;
  filter: Filter | null;
}

/** The groups the server found, in the order of their options where there is one. */
export function found(object: Description, by: string, rows: Fields[], filter: Filter | null): Found[] {
  const group = groupOf(object, by);
  if (!group) return [];
  return inOrder(rows, group).map((row) => ({
    key: JSON.stringify(row[by] ?? null),
    label: groupText(group, row),
    row,
    filter: within(object, group, row, filter),
  }));
}

export const within = (object: Description, group: Group, row: Fields, filter: Filter | null): Filter | null =>
  groupFilter({ name: "", label: "", type: "bar", collection: object.collection, measure: "count", filter }, group, row);

/** Choices stand in their own order, what was left empty last. */
export function inOrder(rows: Fields[], { field, key }: Group): Fields[] {
  const places = new Map((field.options ?? []).map(({ value }, index) => [value, index]));
  if (places.size === 0) return rows;
  const place = (row: Fields) => (isBlank(row[key]) ? places.size : (places.get(asText(row[key])) ?? places.size));
  return rows.toSorted((one, other) => place(one) - place(other));
}

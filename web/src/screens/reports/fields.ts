/** What a report can be put together from, as the description of the object allows. */
import type { Meta } from "../../client/meta";
import type { Description, Field } from "../../client/types";
import { places, type Place } from "../list/filters";

const PARTS = [
  ["month", "按月"],
  ["quarter", "按季"],
  ["year", "按年"],
  ["week", "按周"],
  ["day", "按日"],
] as const;
const UNGROUPED = new Set(["longtext", "file", "lines"]);
const MEASURED = new Set(["money", "decimal", "integer", "ratio"]);
const WORDS = [
  ["sum", "合计"],
  ["avg", "平均"],
  ["min", "最小"],
  ["max", "最大"],
] as const;

export interface Option {
  value: string;
  label: string;
}

const isDated = ({ kind }: Field) => kind === "date" || kind === "datetime";

function groupsOf({ path, field, label }: Place): Option[] {
  if (isDated(field)) return PARTS.map(([part, words]) => ({ value: `${path}:${part}`, label: `${label}（${words}）` }));
  if (field.kind === "address") return [{ value: `${path}:province`, label: `${label}（按省）` }];
  return UNGROUPED.has(field.kind) ? [] : [{ value: path, label }];
}

export const groupOptions = (meta: Meta, object: Description): Option[] => places(meta, object).flatMap(groupsOf);

export const dateOptions = (meta: Meta, object: Description): Option[] =>
  places(meta, object)
    .filter(({ field }) => isDated(field))
    .map(({ path, label }) => ({ value: path, label }));

export function measureOptions(meta: Meta, object: Description): Option[] {
  const found = places(meta, object)
    .filter(({ field }) => MEASURED.has(field.kind))
    .flatMap(({ path, label }) => WORDS.map(([word, words]) => ({ value: `${word}:${path}`, label: `${label} · ${words}` })));
  return [{ value: "count", label: "数量" }, ...found];
}

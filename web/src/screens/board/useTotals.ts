import type { Description, Field, Fields, Filter, Option } from "../../client/types";
import { fieldsOf } from "../../app/meta";
import { asText } from "../../kinds/values";
import { useAggregate } from "../dashboard/useAggregate";

/** The amounts a list shows are the ones its board adds up: usually the amount and its weighted twin. */
export const summed = (object: Description): Field[] =>
  fieldsOf(object, [...new Set([...object.columns, ...object.fields.map(({ name }) => name)])])
    .filter(({ kind }) => kind === "money")
    .slice(0, 2);

/** What stands over a column: the amounts; where the states have chances and the records no weighted amount, the chance of it. */
export function sumsOf(
  object: Description,
  field: Field,
  { probability }: Option,
  total: Fields | undefined,
): { label: string; value: unknown }[] {
  const fields = summed(object);
  const sums = fields.map(({ name, label }) => ({ label, value: total?.[`sum:${name}`] ?? 0 }));
  const [first] = sums;
  const twin = fields.some(({ name, label }) => name.includes("weighted") || label.includes("加权"));
  if (!first || twin || field.kind !== "state" || probability === undefined) return sums;
  return [first, { label: "加权", value: Number(asText(first.value)) * Number(probability) }];
}

/** Count and sums of every column; the key of what was left empty is "". */
export type Totals = Map<string, Fields>;

export function useBoardTotals(object: Description, field: Field, filter: Filter | null, q: string): Totals | undefined {
  const measures = ["count", ...summed(object).map(({ name }) => `sum:${name}`)];
  const asked = useAggregate(object, { group: [field.name], measures, filter, q: q.trim() });
  return asked.data && new Map(asked.data.map((row) => [asText(row[field.name]), row]));
}

import type { Description, Field, Fields, Filter } from "../../client/types";
import { fieldsOf } from "../../app/meta";
import { asText } from "../../kinds/values";
import { useAggregate } from "../dashboard/useAggregate";

/** The amounts a list shows are the ones its board adds up: usually the amount and its weighted twin. */
export const summed = (object: Description): Field[] =>
  fieldsOf(object, [...new Set([...object.columns, ...object.fields.map(({ name }) => name)])]).filter(({ kind }) => kind === "money").slice(0, 2);

/** Count and sums of every column. */
export function useBoardTotals(object: Description, field: Field | undefined, filter: Filter | null): Map<string, Fields> | undefined {
  const measures = ["count", ...summed(object).map(({ name }) => `sum:${name}`)];
  const name = field?.name ?? "";
  const asked = useAggregate(object, { group: [name], measures, filter }, field !== undefined);
  return asked.data && new Map(asked.data.map((row) => [asText(row[name]), row]));
}

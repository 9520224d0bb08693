/** What stands at the foot of a column and in the head of a group. */
import type { Field, Fields } from "../../client/types";
import { grouped, plain, yuan } from "../../kinds/numbers";
import { asText, isBlank } from "../../kinds/values";
import { ratioAlone } from "../../kinds/ratio";

export const WAYS: Record<string, string> = { sum: "合计", avg: "平均", min: "最小", max: "最大", none: "不汇总" };

const NUMBERS = new Set<Field["kind"]>(["money", "integer", "decimal", "ratio"]);
const MOST = 7;

export const isMeasured = ({ kind, sortable }: Field) => NUMBERS.has(kind) && sortable !== false;

/** One row adds up to itself. */
export const addsUp = (figures: Fields | undefined) => figures === undefined || Number(figures.count) > 1;

export function wayOf(field: Field, totals: Record<string, string>): string {
  const chosen = totals[field.name];
  if (chosen !== undefined && chosen in WAYS) return chosen;
  return field.total ?? "sum";
}

/** What to ask of /aggregate for these columns. */
export function measuresOf(columns: Field[], totals: Record<string, string>): string[] {
  const wanted = columns
    .filter(isMeasured)
    .map((field) => [field.name, wayOf(field, totals)])
    .filter(([, way]) => way !== "none");
  return ["count", ...wanted.map(([name = "", way = ""]) => `${way}:${name}`).slice(0, MOST)];
}

/** The figure of a column as its kind writes it; averages with as many places as say something. */
export function totalText(field: Field, way: string, figures: Fields | undefined): string {
  const value = figures?.[`${way}:${field.name}`];
  if (isBlank(value)) return "";
  if (field.kind === "ratio") return ratioAlone(value, field);
  if (field.kind === "money") return yuan(value);
  return grouped(way === "avg" ? plain(Number(value).toFixed(2)) : plain(asText(value)));
}

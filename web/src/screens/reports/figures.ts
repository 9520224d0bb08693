/** How the figures of a report read, and which records stand behind each. */
import type { Figure, Head, Shown, Values } from "../../client/reports";
import { grouped, plain, short, yuan } from "../../kinds/numbers";
import { listAddress } from "../list/state";
import { narrowed } from "../list/filters";

export function figureText({ unit, show }: Figure, value: string | null | undefined): string {
  if (value === null || value === undefined) return "–";
  if (unit === "percent")
    return `${show === "change" && Number(value) > 0 ? "+" : ""}${plain((Number(value) * 100).toFixed(2))}%`;
  if (unit === "date" || unit === "datetime") return value.slice(0, 10);
  return unit === "money" ? yuan(value).replace("-", "−") : grouped(plain(value)).replace(/^-/, "−");
}

export function shortText({ unit }: Figure, value: number): string {
  if (unit === "percent") return `${plain((value * 100).toFixed(1))}%`;
  return (unit === "money" ? "¥" : "") + short(value);
}

export const headText = (head: Head): string => head.keys.map(({ label }) => label).join(" · ");

/** The list of exactly the records a figure counts. */
export const addressOf = (shown: Shown, measure: Figure | undefined, ...heads: (Head | undefined)[]): string =>
  listAddress(shown.collection, narrowed(shown.filter, ...heads.map((head) => head?.filter), measure?.filter));

export interface Series {
  name: string;
  measure: Figure;
  values: (number | null)[];
  texts: string[];
  links: string[];
}
export interface Drawn {
  names: string[];
  series: Series[];
}

const number = (value: string | null | undefined) => (value === null || value === undefined ? null : Number(value));

/** One ring, one funnel, one colour for a province: they draw whole rows, whatever stands across. */
const SINGLE = new Set<Shown["picture"]>(["pie", "funnel", "map"]);

/** What a chart draws: one series for each measure, and of each column where there are columns. */
export function drawn(shown: Shown): Drawn {
  const across = shown.rows.length === 0 && shown.columns.length > 0;
  const heads = across ? shown.columns : shown.rows;
  const totals = across ? shown.column_totals : shown.row_totals;
  const names = heads.length > 0 || shown.row_fields.length > 0 ? heads.map(headText) : [shown.label];
  const lines = names.length === 1 && heads.length === 0 ? [shown.total] : totals;
  if (across || shown.columns.length === 0 || SINGLE.has(shown.picture)) {
    return {
      names,
      series: shown.measures.map((measure, m) =>
        seriesOf(
          shown,
          measure.label,
          measure,
          heads,
          lines.map((values: Values) => values[m]),
        ),
      ),
    };
  }
  const told = shown.picture === "heat" ? shown.measures.slice(0, 1) : shown.measures;
  const series = told.flatMap((measure, m) =>
    shown.columns.map((column, c) =>
      seriesOf(
        shown,
        told.length > 1 ? `${headText(column)} · ${measure.label}` : headText(column),
        measure,
        heads,
        shown.cells.map((cells) => cells[c]?.[m]),
        column,
      ),
    ),
  );
  return { names, series };
}

function seriesOf(
  shown: Shown,
  name: string,
  measure: Figure,
  heads: Head[],
  values: (string | null | undefined)[],
  column?: Head,
): Series {
  return {
    name,
    measure,
    values: values.map(number),
    texts: values.map((value) => figureText(measure, value)),
    links: values.map((_, at) => addressOf(shown, measure, heads[at], column)),
  };
}

/** The days a calendar shows, and where a record stands among them. */
import dayjs, { type Dayjs } from "dayjs";
import type { Description, Field, Row } from "../../client/types";
import { SYSTEM } from "../../app/meta";
import { DAY, toDay } from "../../kinds/dates";

export const SPANS = ["month", "week", "day", "agenda"] as const;
export type Span = (typeof SPANS)[number];
export const SPAN_LABELS: Record<Span, string> = { month: "月", week: "周", day: "日", agenda: "日程" };
export const WEEKDAYS = ["周一", "周二", "周三", "周四", "周五", "周六", "周日"];

/** Days and moments of an object itself; when it was typed in says nothing about when it is. */
export const timeFields = (object: Description): Field[] =>
  object.fields.filter(({ kind, name }) => (kind === "date" || kind === "datetime") && !SYSTEM.includes(name));

export function fieldToShow(object: Description, asked: string | undefined): Field | undefined {
  const fields = timeFields(object);
  const named = (name: string | null | undefined) => fields.find((field) => field.name === name);
  return named(asked) ?? named(object.calendar) ?? fields.find(({ readonly }) => !readonly) ?? fields[0];
}

const monday = (at: Dayjs) => at.subtract((at.day() + 6) % 7, "day").startOf("day");

/** Every day in sight, in order. A month shows whole weeks. */
export function daysOf(span: Span, at: Dayjs): Dayjs[] {
  if (span === "day") return [at.startOf("day")];
  if (span === "week") return run(monday(at), 7);
  if (span === "agenda") return run(at.startOf("month"), at.daysInMonth());
  const first = monday(at.startOf("month"));
  return run(first, Math.ceil((at.endOf("month").diff(first, "day") + 1) / 7) * 7);
}

const run = (first: Dayjs, count: number) => Array.from({ length: count }, (_, index) => first.add(index, "day"));

export function title(span: Span, at: Dayjs): string {
  if (span === "day") return at.format(`YYYY年M月D日`) + ` ${WEEKDAYS[(at.day() + 6) % 7] ?? ""}`;
  if (span !== "week") return at.format("YYYY年M月");
  const [first, last] = [monday(at), monday(at).add(6, "day")];
  return `${first.format("YYYY年M月D日")} – ${last.format(first.month() === last.month() ? "D日" : "M月D日")}`;
}

export const step = (span: Span, at: Dayjs, by: number): Dayjs => at.add(by, span === "agenda" ? "month" : span);

/** Records by the day they stand on, in the order of their moments. */
export function byDay(rows: Row[], field: Field): Map<string, Row[]> {
  const found = new Map<string, Row[]>();
  for (const row of rows.toSorted((one, other) => String(one[field.name]).localeCompare(String(other[field.name])))) {
    const day = toDay(row[field.name])?.format(DAY);
    if (day) found.set(day, [...(found.get(day) ?? []), row]);
  }
  return found;
}

/** What a field holds after its record was put on another day (and hour, where it has one). */
export function movedTo(field: Field, value: unknown, day: string, hour?: number): string {
  if (field.kind === "date") return day;
  const was = toDay(value) ?? dayjs(day).hour(9).minute(0).second(0);
  const to = dayjs(day)
    .hour(hour ?? was.hour())
    .minute(hour === undefined || hour === was.hour() ? was.minute() : 0)
    .second(0);
  return to.format();
}

/** Working hours, and whatever else something happens in. */
export function hoursOf(rows: Row[], field: Field): number[] {
  const busy = rows.map((row) => toDay(row[field.name])?.hour() ?? 9);
  const [first, last] = [Math.min(8, ...busy), Math.max(19, ...busy)];
  return Array.from({ length: last - first + 1 }, (_, index) => first + index);
}

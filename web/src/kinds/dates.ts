/** Days and moments as people write them. */
import dayjs, { type Dayjs } from "dayjs";
import type { Field } from "../client/types";
import { asText, isObject } from "./values";

export const DAY = "YYYY-MM-DD";

export function toDay(value: unknown): Dayjs | null {
  const text = asText(value);
  const day = text ? dayjs(text) : null;
  return day?.isValid() ? day : null;
}

/** What a new record begins with; a day the server names by its distance from today. */
export function defaultOf({ default: start }: Field, now: Dayjs = dayjs()): unknown {
  return isObject(start) && typeof start.days === "number" ? now.add(start.days, "day").format(DAY) : start;
}

export const dayText = (value: unknown) => toDay(value)?.format(DAY) ?? "";
export const momentText = (value: unknown) => toDay(value)?.format("YYYY-MM-DD HH:mm") ?? "";

/** “今天 14:05”, “昨天 09:30”, “3月1日 10:00”: how near a moment is matters more than its year. */
export function nearText(value: unknown, now: Dayjs = dayjs()): string {
  const at = toDay(value);
  if (!at) return "";
  const days = now.startOf("day").diff(at.startOf("day"), "day");
  const near: Record<number, string> = { 0: "今天", 1: "昨天", 2: "前天", [-1]: "明天" };
  const day = near[days] ?? at.format(at.year() === now.year() ? "M月D日" : "YYYY年M月D日");
  return `${day} ${at.format("HH:mm")}`;
}

export const PERIODS: Record<string, string> = {
  today: "今天",
  yesterday: "昨天",
  tomorrow: "明天",
  this_week: "本周",
  last_week: "上周",
  next_week: "下周",
  this_month: "本月",
  last_month: "上月",
  next_month: "下月",
  this_quarter: "本季度",
  last_quarter: "上季度",
  this_year: "今年",
  last_year: "去年",
  last_7_days: "过去 7 天",
  last_30_days: "过去 30 天",
  last_90_days: "过去 90 天",
  last_month_to_date: "上月同期",
  last_quarter_to_date: "上季度同期",
  last_year_to_date: "去年同期",
  next_7_days: "未来 7 天",
  next_30_days: "未来 30 天",
};

/** A day in a filter: a period, a date, or so many days from today. */
export function filterDayText(value: unknown): string {
  if (isObject(value) && typeof value.days === "number") {
    if (value.days === 0) return "今天";
    return value.days < 0 ? `${-value.days} 天前` : `${value.days} 天后`;
  }
  return PERIODS[asText(value)] ?? asText(value).slice(0, 10);
}

/** The first and last day of “2017”, “2017-Q1”, “2017-03”, “2017-W09” or “2017-03-01”. */
export function bucketDays(bucket: string): [string, string] | null {
  const quarter = /^(\d{4})-?Q([1-4])$/.exec(bucket);
  if (quarter) return span(dayjs(`${quarter[1] ?? ""}-${String(Number(quarter[2]) * 3 - 2).padStart(2, "0")}-01`), 3);
  if (/^\d{4}$/.test(bucket)) return span(dayjs(`${bucket}-01-01`), 12);
  if (/^\d{4}-\d{2}$/.test(bucket)) return span(dayjs(`${bucket}-01`), 1);
  const week = /^(\d{4})-?W(\d{2})$/.exec(bucket);
  if (week) return weekDays(Number(week[1]), Number(week[2]));
  return /^\d{4}-\d{2}-\d{2}/.test(bucket) ? [bucket.slice(0, 10), bucket.slice(0, 10)] : null;
}

function span(first: Dayjs, months: number): [string, string] {
  return [first.format(DAY), first.add(months, "month").subtract(1, "day").format(DAY)];
}

/** ISO weeks: the first holds January 4th. */
function weekDays(year: number, week: number): [string, string] {
  const fourth = dayjs(`${year}-01-04`);
  const monday = fourth.subtract((fourth.day() + 6) % 7, "day").add(week - 1, "week");
  return [monday.format(DAY), monday.add(6, "day").format(DAY)];
}

const STEPS: [shape: RegExp, unit: "year" | "month" | "day", format: string][] = [
  [/^\d{4}$/, "year", "YYYY"],
  [/^\d{4}-\d{2}$/, "month", "YYYY-MM"],
  [/^\d{4}-\d{2}-\d{2}$/, "day", DAY],
];
const MOST_BUCKETS = 1000;

/** All years, months or days from the first to the last of those given; others as they are. */
export function buckets(found: string[]): string[] {
  const sorted = found.toSorted();
  const [first, last] = [sorted[0] ?? "", sorted.at(-1) ?? ""];
  const step = STEPS.find(([shape]) => shape.test(first));
  if (!step) return found;
  const [, unit, format] = step;
  const all: string[] = [];
  for (
    let at = dayjs(unit === "year" ? `${first}-01-01` : first);
    at.format(format) <= last && all.length < MOST_BUCKETS;
    at = at.add(1, unit)
  )
    all.push(at.format(format));
  return all;
}

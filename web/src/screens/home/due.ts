/** How far a day is from today, which is what a desk wants to know of it. */
import dayjs, { type Dayjs } from "dayjs";
import { toDay } from "../../kinds/dates";

const FAR = 99;
const SOON = 7;
const NEAR: Record<number, string> = { [-2]: "前天", [-1]: "昨天", 0: "今天", 1: "明天", 2: "后天" };

export function daysUntil(value: unknown, now: Dayjs = dayjs()): number | null {
  const day = toDay(value);
  return day ? day.startOf("day").diff(now.startOf("day"), "day") : null;
}

/** “今天”, “后天”, “12 天前”, “3月8日”: of a day that may lie in the past without harm. */
export function nearDay(value: unknown, now: Dayjs = dayjs()): string {
  const days = daysUntil(value, now);
  const day = toDay(value);
  if (days === null || !day) return "";
  if (days < 0 && days >= -FAR) return NEAR[days] ?? `${-days} 天前`;
  if (days > 0 && days <= SOON) return NEAR[days] ?? `${days} 天后`;
  return NEAR[days] ?? day.format(day.year() === now.year() ? "M月D日" : "YYYY年M月D日");
}

/** The same of a day by which something should have happened: “逾期 3 天”. */
export function dueDay(value: unknown, now: Dayjs = dayjs()): string {
  const days = daysUntil(value, now);
  return days !== null && days < 0 ? `逾期 ${-days} 天` : nearDay(value, now);
}

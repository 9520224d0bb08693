import dayjs from "dayjs";
import { expect, test } from "vitest";
import { bucketDays, buckets, defaultOf, filterDayText, nearText } from "./dates";

test("how near a moment is comes before its year", () => {
  const now = dayjs("2026-11-22T12:00:00");
  expect(nearText("2026-11-22T09:05:00", now)).toBe("今天 09:05");
  expect(nearText("2026-11-21T23:59:00", now)).toBe("昨天 23:59");
  expect(nearText("2026-03-01T10:00:00", now)).toBe("3月1日 10:00");
  expect(nearText("2017-03-01T10:00:00", now)).toBe("2017年3月1日 10:00");
  expect(nearText("never", now)).toBe("");
});

test("a bucket of a chart is the days from its first to its last", () => {
  expect(bucketDays("2024-02")).toEqual(["2024-02-01", "2024-02-29"]);
  expect(bucketDays("2017")).toEqual(["2017-01-01", "2017-12-31"]);
  expect(bucketDays("2017-Q2")).toEqual(["2017-04-01", "2017-06-30"]);
  expect(bucketDays("2020-W53")).toEqual(["2020-12-28", "2021-01-03"]);
  expect(bucketDays("2017-03-05")).toEqual(["2017-03-05", "2017-03-05"]);
  expect(bucketDays("soon")).toBeNull();
});

test("a course leaves out no month", () => {
  expect(buckets(["2016-12", "2017-03"])).toEqual(["2016-12", "2017-01", "2017-02", "2017-03"]);
  expect(buckets(["2019", "2021"])).toEqual(["2019", "2020", "2021"]);
  expect(buckets(["2024-W01", "2024-W03"])).toEqual(["2024-W01", "2024-W03"]);
  expect(buckets([])).toEqual([]);
});

test("relative days are said in words", () => {
  expect(filterDayText({ days: -30 })).toBe("30 天前");
  expect(filterDayText({ days: 7 })).toBe("7 天后");
  expect(filterDayText("last_month")).toBe("上月");
  expect(filterDayText("2017-03-01")).toBe("2017-03-01");
});

test("a default that is a day from today is that day", () => {
  const field = { name: "signed", kind: "date" as const, label: "签约日期" };
  expect(defaultOf({ ...field, default: { days: 0 } }, dayjs("2026-11-22T23:30:00"))).toBe("2026-11-22");
  expect(defaultOf({ ...field, default: "2026-03-01" })).toBe("2026-03-01");
  expect(defaultOf(field)).toBeUndefined();
});

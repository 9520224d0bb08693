import dayjs from "dayjs";
import { expect, test } from "vitest";
import { planets, stars } from "../../testing/planets";
import { byDay, daysOf, fieldToShow, hoursOf, movedTo, timeFields, title } from "./days";

const field = (name: string) => {
  const found = planets.fields.find((one) => one.name === name);
  if (!found) throw new Error(name);
  return found;
};
const at = dayjs("2026-11-22");
const ends = (span: Parameters<typeof daysOf>[0]) => {
  const days = daysOf(span, at).map((day) => day.format("MM-DD"));
  return [days[0], days.at(-1), days.length];
};

test("a month is shown in whole weeks from Monday", () => {
  expect(ends("month")).toEqual(["10-26", "12-06", 42]);
  expect(ends("week")).toEqual(["11-16", "11-22", 7]);
  expect(ends("day")).toEqual(["11-22", "11-22", 1]);
  expect(ends("agenda")).toEqual(["11-01", "11-30", 30]);
});

test("the head says which days", () => {
  expect(title("month", at)).toBe("2026年11月");
  expect(title("week", at)).toBe("2026年11月16日 – 22日");
  expect(title("week", dayjs("2026-12-01"))).toBe("2026年11月30日 – 12月6日");
  expect(title("day", at)).toBe("2026年11月22日 周日");
});

test("any date of an object can be its calendar, the declared one first", () => {
  expect(timeFields(planets).map(({ name }) => name)).toEqual(["born_on", "seen_at"]);
  expect(fieldToShow(planets, undefined)?.name).toBe("born_on");
  expect(fieldToShow({ ...planets, calendar: "seen_at" }, undefined)?.name).toBe("seen_at");
  expect(fieldToShow(planets, "seen_at")?.name).toBe("seen_at");
  expect(fieldToShow(stars, undefined)).toBeUndefined();
});

test("a day keeps its hour when moved, and takes the hour it is dropped on", () => {
  expect(movedTo(field("born_on"), "2026-11-22", "2026-12-01")).toBe("2026-12-01");
  const was = dayjs("2026-11-22T14:45").format();
  expect(dayjs(movedTo(field("seen_at"), was, "2026-12-01")).format("MM-DD HH:mm")).toBe("12-01 14:45");
  expect(dayjs(movedTo(field("seen_at"), was, "2026-12-01", 14)).format("MM-DD HH:mm")).toBe("12-01 14:45");
  expect(dayjs(movedTo(field("seen_at"), was, "2026-12-01", 10)).format("MM-DD HH:mm")).toBe("12-01 10:00");
  expect(dayjs(movedTo(field("seen_at"), null, "2026-12-01")).format("MM-DD HH:mm")).toBe("12-01 09:00");
});

test("records stand on their days in the order of their moments", () => {
  const rows = [
    { id: 1, seen_at: "2026-11-22T15:00:00" },
    { id: 2, seen_at: "2026-11-22T09:00:00" },
    { id: 3, seen_at: null },
  ];
  expect(
    byDay(rows, field("seen_at"))
      .get("2026-11-22")
      ?.map(({ id }) => id),
  ).toEqual([2, 1]);
  expect(hoursOf([{ id: 1, seen_at: "2026-11-22T21:30:00" }], field("seen_at"))).toEqual([
    8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21,
  ]);
});

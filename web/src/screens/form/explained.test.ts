import { expect, test } from "vitest";
import { field } from "../../testing/planets";
import { startValues, withReasons } from "./explained";

const fields = [field("born_on", "date", "诞生日", { explained: "why" }), field("why", "text", "缘由")];
const sections = [{ label: "概要", fields }];
const asked = (before: object, values: object, fresh = false) =>
  withReasons(sections, { ...before }, { ...values }, fresh)
    .flatMap((section) => section.fields)
    .map(({ name, required }) => [name, required]);

test("a reason is asked for when a value that stands is changed, and only then", () => {
  const [then, now] = [{ born_on: "2026-01-31" }, { born_on: "2026-03-31" }];
  expect(asked(then, now)).toEqual([
    ["born_on", false],
    ["why", true],
  ]);
  for (const others of [asked(then, then), asked({ born_on: null }, now), asked(then, now, true)])
    expect(others).toEqual([["born_on", false]]);
});

test("the reason given last time is not offered again", () => {
  expect(startValues(fields, { id: 3, version: 1, born_on: "2026-01-31", why: "预算推迟" })).toEqual({
    born_on: "2026-01-31",
    why: "",
  });
});

import { expect, test } from "vitest";
import type { Card } from "../../client/meta";
import { planets } from "../../testing/planets";
import { figureText, groupFilter, groupOf, groupText, type Group } from "./measure";

const alive = { field: "phase", op: "eq" as const, value: "alive" };
const card: Card = { name: "c", label: "c", type: "bar", collection: "planets", filter: alive, measure: "sum:price" };
const group = (key: string) => groupOf(planets, key) as Group;

test("figures read as money or as counts", () => {
  expect(figureText(planets, "sum:price", "10005534.00")).toBe("¥10,005,534");
  expect(figureText(planets, "avg:price", "2360.9094")).toBe("¥2,360.91");
  expect(figureText(planets, "count", 4238)).toBe("4,238");
  expect(figureText(planets, "sum:price", null)).toBe("0");
  expect(figureText(planets, "avg:price", null)).toBe("–");
});

test("every bar opens the records behind it", () => {
  expect(groupFilter(card, group("climate"), { climate: "hot" })).toEqual({
    and: [alive, { field: "climate", op: "eq", value: "hot" }],
  });
  expect(groupFilter(card, group("born_on:month"), { "born_on:month": "2017-03" })).toEqual({
    and: [alive, { field: "born_on", op: "between", value: ["2017-03-01", "2017-03-31"] }],
  });
  expect(groupFilter(card, group("star"), { star: { id: 7, label: "太阳" } })).toEqual({
    and: [alive, { field: "star", op: "eq", value: { id: 7, label: "太阳" } }],
  });
  expect(groupFilter(card, group("star"), { star: null })).toEqual({ and: [alive, { field: "star", op: "empty" }] });
});

test("a bar is named by its value", () => {
  expect(groupText(group("climate"), { climate: "hot" })).toBe("炎热");
  expect(groupText(group("star"), { star: { id: 7, label: "太阳" } })).toBe("太阳");
  expect(groupText(group("born_on:month"), { "born_on:month": "2017-03" })).toBe("2017-03");
  expect(groupText(group("star"), { star: null })).toBe("（未填）");
});

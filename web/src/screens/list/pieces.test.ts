import { expect, test } from "vitest";
import type { Field } from "../../client/types";
import { planets } from "../../testing/planets";
import { boardField, boardFields } from "../board/fields";
import { sumsOf } from "../board/useTotals";
import { naturalWidth, placed } from "./layout";
import { readRules, tintsOf } from "./rules";
import { shapeOf, shapesOf } from "./shapes";
import { measuresOf, totalText, wayOf } from "./totals";
import { duplicated, fromGroup, toGroup } from "./tree";

const fields = (...names: string[]) => names.map((name) => planets.fields.find((field) => field.name === name) as Field);

test("what room is left goes to the columns nobody drew, and the first ones stay in sight", () => {
  const columns = placed(planets, fields("name", "climate", "price", "phase", "owner"), {
    widths: { climate: 90 },
    frozen: 2,
    room: 1000,
    check: true,
  });
  expect(columns.map(({ width }) => width).reduce((all, width) => all + width, 40)).toBeGreaterThanOrEqual(996);
  expect(columns[1]).toMatchObject({ width: 90, left: 40 + (columns[0]?.width ?? 0) });
  expect(columns[2]?.left).toBeNull();
});

test("what little room is missing comes from words, never from figures or from the name", () => {
  const names = ["name", "phone", "story", "price", "born_on"];
  const natural = placed(planets, fields(...names), { widths: {}, frozen: 1, room: 0, check: true });
  const whole = natural.reduce((all, { width }) => all + width, 40);
  const squeezed = placed(planets, fields(...names), { widths: {}, frozen: 1, room: whole - 60, check: true });
  expect(squeezed.map(({ width }, index) => (natural[index]?.width ?? 0) - width)).toEqual([0, 0, 60, 0, 0]);
  expect(placed(planets, fields(...names), { widths: {}, frozen: 1, room: 300, check: true }).map(({ width }) => width)).toEqual(
    natural.map(({ width }) => width),
  );
});

test("columns that stay in sight never take most of a narrow table", () => {
  const columns = placed(planets, fields("name", "climate", "price"), { widths: {}, frozen: 3, room: 400, check: true });
  expect(columns.map(({ left }) => left !== null)).toEqual([true, false, false]);
});

test("counts are added up, prices and discounts averaged, places in an order left alone, and what somebody chose counts", () => {
  expect(fields("price", "moons", "share").map((field) => wayOf(field, {}))).toEqual(["avg", "sum", "avg"]);
  expect(wayOf({ ...(fields("moons")[0] as Field), total: "none" }, {})).toBe("none");
  expect(measuresOf(fields("name", "price", "share", "moons"), { moons: "none", price: "max" })).toEqual([
    "count",
    "max:price",
    "avg:share",
  ]);
  expect(totalText(fields("share")[0] as Field, "avg", { "avg:share": "0.4500" })).toBe("4.5折");
});

test("rules anybody may have typed are read with care", () => {
  expect(readRules("{")).toEqual([]);
  expect(readRules('[{"filter":{"field":1},"tint":"red"},{"filter":{"field":"name","op":"empty"},"tint":"pink"}]')).toEqual([]);
  const rule = { filter: { field: "name", op: "empty" as const }, tint: "red" as const };
  expect(readRules(JSON.stringify([rule]))).toEqual([rule]);
  expect(tintsOf([rule, { ...rule, tint: "blue" }], { id: 1, _meets: [true, true] })).toEqual({ row: "red", cells: {} });
});

test("a built filter is the filter it came from, and a copy stands beside its original", () => {
  const filter = {
    and: [
      { field: "name", op: "contains" as const, value: "星" },
      { not: { or: [{ field: "moons", op: "empty" as const }] } },
      { or: [{ and: [{ field: "price", op: "gte" as const, value: "1" }] }] },
    ],
  };
  const group = toGroup(filter);
  expect(fromGroup(group)).toEqual(filter);
  const twice = duplicated(group.parts, 1);
  expect(twice.map(({ key }) => key)).toHaveLength(new Set(twice.map(({ key }) => key)).size);
  expect(fromGroup({ ...group, parts: twice })).toEqual({ and: [filter.and[0], filter.and[1], filter.and[1], filter.and[2]] });
});

test("a board divides by any state or choice and weighs by the chance of its column", () => {
  expect(boardFields(planets).map(({ name }) => name)).toEqual(["phase", "climate"]);
  expect(boardField(planets, "climate")?.name).toBe("climate");
  expect(boardField(planets, "nothing")?.name).toBe("phase");
  const [phase] = fields("phase") as [Field];
  expect(sumsOf(planets, phase, { value: "molten", label: "熔岩", probability: "0.50" }, { "sum:price": "200.00" })).toEqual([
    { label: "地价", value: "200.00" },
    { label: "加权", value: 100 },
  ]);
});

test("an unknown shape is a table", () => {
  expect(shapesOf(planets).map(({ name }) => name)).toEqual(expect.arrayContaining(["table", "board", "chart"]));
  expect(shapeOf(planets, "globe").name).toBe("table");
});

test("a column with a name in English is as wide as its letters, not as wide as so many Chinese ones", () => {
  const named = (label: string) => naturalWidth({ ...(fields("ringed")[0] as Field), label }, planets);
  expect(named("Expected close date")).toBe(Math.ceil(19 * 7.5) + 40);
  expect(named("预计签约日期和说明文字一二三")).toBe(14 * 13 + 40);
});

import { expect, test } from "vitest";
import type { Field, Filter } from "../../client/types";
import { meta, planets } from "../../testing/planets";
import { firstOp, forServer, inWords, isComplete, members, narrowed, places, placeAt } from "./filters";

const cold: Filter = { field: "climate", op: "in", value: ["cold", "hot"] };
const dear: Filter = { field: "price", op: "between", value: ["10", "20"] };

test("a filter reads as a sentence", () => {
  expect(inWords(meta, planets, cold)).toBe("气候 是其中之一 寒冷、炎热");
  expect(inWords(meta, planets, dear)).toBe("地价 介于 ¥10 至 ¥20");
  expect(inWords(meta, planets, { field: "born_on", op: "during", value: "last_month" })).toBe("诞生日 在 上月");
  expect(inWords(meta, planets, { field: "owner", op: "eq", value: "me" })).toBe("观测人 是 我");
  expect(inWords(meta, planets, { field: "star", op: "eq", value: { id: 7, label: "太阳" } })).toBe("恒星 是 太阳");
  expect(inWords(meta, planets, { field: "star.heat", op: "gt", value: "5000" })).toBe("恒星 · 温度 大于 5000");
  expect(inWords(meta, planets, { field: "story", op: "empty" })).toBe("传说 为空");
  expect(inWords(meta, planets, { or: [cold, { not: dear }] })).toBe(
    "（气候 是其中之一 寒冷、炎热 或 非（地价 介于 ¥10 至 ¥20））",
  );
});

test("the server gets ids, and no condition that is only half written", () => {
  expect(
    forServer({
      and: [
        { field: "star", op: "in", value: [{ id: 7, label: "太阳" }] },
        { field: "name", op: "contains", value: "" },
      ],
    }),
  ).toEqual({ and: [{ field: "star", op: "in", value: [7] }] });
  expect(forServer({ or: [{ field: "price", op: "between", value: ["1", null] }] })).toBeNull();
  expect(forServer({ not: { field: "name", op: "eq" } })).toBeNull();
  expect(forServer({ field: "name", op: "filled", value: "left over" })).toEqual({ field: "name", op: "filled" });
});

test("chips are the members of the topmost “and”", () => {
  expect(members(null)).toEqual([]);
  expect(members(cold)).toEqual([cold]);
  expect(members({ and: [cold, dear] })).toEqual([cold, dear]);
  expect(narrowed(cold, null, { and: [dear] })).toEqual({ and: [cold, dear] });
  expect(narrowed(null, undefined)).toBeNull();
});

test("a condition waits for its value", () => {
  expect(isComplete({ field: "price", op: "gte" })).toBe(false);
  expect(isComplete({ field: "price", op: "between", value: ["1"] })).toBe(false);
  expect(isComplete({ field: "marks", op: "has_any", value: [] })).toBe(false);
  expect(isComplete({ field: "price", op: "empty" })).toBe(true);
});

test("one can filter by what a record refers to", () => {
  expect(
    places(meta, planets)
      .map(({ path }) => path)
      .slice(0, 4),
  ).toEqual(["climate", "phase", "price", "name"]);
  expect(placeAt(meta, planets, "star.heat")?.label).toBe("恒星 · 温度");
  expect(placeAt(meta, planets, "star.cold")).toBeUndefined();
  expect(places(meta, planets).some(({ field }) => field.kind === "lines")).toBe(false);
});

test("the operator offered first is the one people mean", () => {
  const first = (name: string) => firstOp(planets.fields.find((field) => field.name === name) as Field);
  expect([first("name"), first("climate"), first("price"), first("born_on"), first("marks"), first("place")]).toEqual([
    "contains",
    "in",
    "gte",
    "during",
    "has_any",
    "within",
  ]);
});

import { expect, test } from "vitest";
import type { Filter } from "../../client/types";
import { planets } from "../../testing/planets";
import { holds } from "./conditions";
import { withDemanded } from "./demanded";
import { editableSections } from "./values";

const values = {
  climate: "hot",
  price: "1200.50",
  moons: 2,
  traits: ["big", "old"],
  star: { id: 7, label: "太阳" },
  name: "Kepler-22b",
  born_on: "2026-03-01",
  phone: "",
};
const truth = (filter: Filter) => holds(filter, values, planets);

test("what is typed is held against a condition", () => {
  expect(truth({ field: "climate", op: "eq", value: "hot" })).toBe(true);
  expect(truth({ field: "climate", op: "not_in", value: ["hot", "cold"] })).toBe(false);
  expect(truth({ field: "price", op: "gte", value: "1200.5" })).toBe(true);
  expect(truth({ field: "price", op: "lt", value: "300" })).toBe(false);
  expect(truth({ field: "born_on", op: "lte", value: "2026-03-01" })).toBe(true);
  expect(truth({ field: "star", op: "in", value: [{ id: 7, label: "太阳" }] })).toBe(true);
  expect(truth({ field: "traits", op: "has_all", value: ["old"] })).toBe(true);
  expect(truth({ field: "name", op: "contains", value: "kepler" })).toBe(true);
  expect(truth({ field: "phone", op: "empty" })).toBe(true);
});

test("what only the server knows decides nothing, unless the rest already has", () => {
  const beyond: Filter = { field: "star.heat", op: "gt", value: 5000 };
  expect(truth(beyond)).toBeUndefined();
  expect(truth({ field: "born_on", op: "during", value: "this_month" })).toBeUndefined();
  expect(truth({ and: [beyond, { field: "climate", op: "eq", value: "cold" }] })).toBe(false);
  expect(truth({ or: [beyond, { field: "climate", op: "eq", value: "hot" }] })).toBe(true);
  expect(truth({ not: beyond })).toBeUndefined();
});

test("a field becomes required with the case, and a short form grows by it", () => {
  const object = { ...planets, required_when: { price: { field: "climate", op: "eq", value: "hot" } as Filter, phone: {} } };
  const long = withDemanded(object, editableSections(object, false), values, false).flatMap(({ fields }) => fields);
  expect(long.find(({ name }) => name === "price")?.required).toBe(true);
  const short = withDemanded(object, editableSections(object, true), values, true).flatMap(({ fields }) => fields);
  expect(short.map(({ name }) => name)).toEqual(["name", "price", "phone"]);
  const cold = withDemanded(object, editableSections(object, true), { ...values, climate: "cold" }, true).flatMap(
    ({ fields }) => fields,
  );
  expect(cold.map(({ name }) => name)).toEqual(["name", "phone"]);
});

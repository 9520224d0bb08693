import { expect, test } from "vitest";
import { planets } from "../../testing/planets";
import { body, changedFields, editableSections, initialValues, missing, newBody } from "./values";

const fields = editableSections(planets, false).flatMap((section) => section.fields);

test("what the server decides is not asked", () => {
  expect(fields.map(({ name }) => name)).toEqual(["name", "climate", "price", "star", "share", "mines"]);
});

test("a new record carries what was filled in, and nothing else", () => {
  const values = { ...initialValues(fields, null), name: "水星", star: { id: 7, label: "太阳" } };
  expect(newBody(fields, values)).toEqual({ name: "水星", climate: "cold", star: 7 });
});

test("what was preset travels although it has no place in the form", () => {
  const values = initialValues(fields, null);
  expect(newBody(fields, values, { owner: { id: 3, label: "伽利略" }, orbits: [{ star: { id: 7, label: "太阳" } }] }))
    .toMatchObject({ owner: 3, orbits: [{ star: 7 }] });
});

test("a change carries only what changed", () => {
  const record = { id: 1, version: 2, name: "水星", climate: "hot", price: null, star: null, share: "0.5000", mines: [] };
  const before = initialValues(fields, record);
  const changed = changedFields(fields, before, { ...before, climate: "", price: "9.00", star: null });
  expect(body(changed, { ...before, climate: "", price: "9.00" })).toEqual({ climate: "", price: "9.00" });
});

test("an old record that lacks a value is not given the default of a new one", () => {
  expect(initialValues(fields, { id: 1, version: 1, name: "水星" }).climate).toBe("");
});

test("what is missing is said by its label", () => {
  expect(missing(fields, { name: "" })).toEqual({ name: "请填写星名" });
});

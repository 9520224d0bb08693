import { expect, test } from "vitest";
import type { Description, Field, RecordRow } from "../../client/types";
import { differing, usual } from "./choice";

const field = (name: string, kind: Field["kind"], readonly = false): Field => ({ name, kind, label: name, readonly });
const row = (id: number, values: Record<string, unknown>) => ({ id, version: 1, ...values }) as RecordRow;
const rows = [
  row(1, { name: "水星", code: "", moons: ["a"], number: "X-1" }),
  row(2, { name: "水星", code: "X", moons: ["b"], number: "X-2" }),
];
const object = {
  fields: [field("name", "text"), field("code", "text"), field("moons", "tags"), field("number", "number", true)],
} as unknown as Description;

test("only what differs and may be typed is asked about", () => {
  expect(differing(object, rows).map(({ name }) => name)).toEqual(["code", "moons"]);
});

test("the kept record's own value is usual, or the first there is; what each carries comes together", () => {
  const [first, second] = rows as [RecordRow, RecordRow];
  expect(usual(field("code", "text"), first, rows)).toBe(2);
  expect(usual(field("name", "text"), second, rows)).toBe(2);
  expect(usual(field("moons", "tags"), first, rows)).toBeUndefined();
});

import { expect, test } from "vitest";
import { clicked, readOrder } from "./order";
import { readFilter } from "./filters";
import { listAddress } from "./state";
import { inPlace } from "./useRows";

test("a header goes up, down and back", () => {
  expect(clicked("-name", "price", false)).toBe("price");
  expect(clicked("price", "price", false)).toBe("-price");
  expect(clicked("-price", "price", false)).toBe("");
});

test("with Shift the other columns keep their say", () => {
  expect(clicked("-price", "name", true)).toBe("-price,name");
  expect(clicked("-price,name", "name", true)).toBe("-price,-name");
  expect(clicked("-price,-name", "price", true)).toBe("-name");
  expect(readOrder("-price,name")).toEqual([
    { field: "price", down: true },
    { field: "name", down: false },
  ]);
});

test("an address with a broken filter is an address without one", () => {
  expect(readFilter("{")).toBeNull();
  expect(readFilter('{"field":1,"op":"eq"}')).toBeNull();
  expect(readFilter('{"and":[{"field":"name"}]}')).toBeNull();
  expect(readFilter('{"not":{"field":"name","op":"empty"}}')).toEqual({ not: { field: "name", op: "empty" } });
});

test("a filter survives its address", () => {
  const filter = { field: "name", op: "contains" as const, value: "水 & 火" };
  const address = listAddress("planets", filter, "-name");
  expect(readFilter(new URL(address, "http://x").searchParams.get("filter"))).toEqual(filter);
});

test("a row that was changed where it stands keeps its place when the answer orders it elsewhere", () => {
  const rows = (...ids: number[]) => ids.map((id) => ({ id }));
  expect(inPlace(rows(3, 1, 2, 4), new Map([[3, 2]]))).toEqual(rows(1, 2, 3, 4));
  expect(
    inPlace(
      rows(4, 3, 1, 2),
      new Map([
        [4, 3],
        [3, 2],
      ]),
    ),
  ).toEqual(rows(1, 2, 3, 4));
  expect(inPlace(rows(1, 2), new Map([[3, 0]]))).toEqual(rows(1, 2));
});

import { expect, test } from "vitest";
import type { PageCard } from "../../client/meta";
import { nudged, placed } from "./places";

const card = (name: string, width: number, height: number): PageCard => ({
  name,
  label: name,
  collection: "planets",
  width,
  height,
});
const spots = (...cards: PageCard[]) => placed("sky", cards).map(({ id, x, y, w, h }) => [id, x, y, w, h]);

test("declared cards fill the gaps that others leave", () => {
  expect(spots(card("one", 6, 2), card("two", 6, 2), card("tall", 12, 5), card("below", 12, 3))).toEqual([
    ["one", 0, 0, 3, 2],
    ["two", 3, 0, 3, 2],
    ["tall", 6, 0, 6, 5],
    ["below", 0, 2, 6, 3],
  ]);
  expect(spots(card("tall", 12, 5), card("low", 12, 4), card("whole", 24, 3))).toEqual([
    ["tall", 0, 0, 6, 5],
    ["low", 6, 0, 6, 5],
    ["whole", 0, 5, 12, 3],
  ]);
  expect(spots(card("half", 12, 5), card("whole", 24, 8), card("other", 12, 5))).toEqual([
    ["half", 0, 0, 6, 5],
    ["whole", 0, 5, 12, 8],
    ["other", 6, 0, 6, 5],
  ]);
});

test("a card alone in its line takes all of it", () => {
  expect(spots(card("alone", 12, 5))).toEqual([["alone", 0, 0, 12, 5]]);
});

test("the arrows move a card or, with Shift, its edge; up and down it changes places with its neighbour", () => {
  const [one, two, beside] = [
    { id: "one", x: 0, y: 0, w: 6, h: 2 },
    { id: "two", x: 0, y: 2, w: 6, h: 5 },
    { id: "beside", x: 6, y: 0, w: 6, h: 7 },
  ];
  const all = [one, two, beside];
  const after = (at: typeof one, key: string, sizing = false) =>
    nudged(all, at, key, sizing)?.map(({ x, y, w, h }) => [x, y, w, h].join(" "));
  expect(after(two, "ArrowUp")).toEqual(["0 5 6 2", "0 0 6 5", "6 0 6 7"]);
  expect(after(one, "ArrowDown")).toEqual(["0 5 6 2", "0 0 6 5", "6 0 6 7"]);
  expect(after(one, "ArrowUp")).toEqual(["0 0 6 2", "0 2 6 5", "6 0 6 7"]);
  expect(after(one, "ArrowRight")?.[0]).toBe("1 0 6 2");
  expect(after(beside, "ArrowRight")?.[2]).toBe("6 0 6 7");
  expect([
    after(one, "ArrowRight", true)?.[0],
    after(beside, "ArrowRight", true)?.[2],
    after(one, "ArrowDown", true)?.[0],
    after(one, "ArrowUp", true)?.[0],
  ]).toEqual(["0 0 7 2", "6 0 6 7", "0 0 6 3", "0 0 6 2"]);
  expect(after(one, "Enter")).toBeUndefined();
});

import { expect, test } from "vitest";
import type { PageCard } from "../../client/types";
import { placed } from "./places";

const card = (name: string, width: number, height: number): PageCard => ({ name, label: name, collection: "planets", width, height });
const spots = (...cards: PageCard[]) => placed("sky", cards).map(({ id, x, y, w, h }) => [id, x, y, w, h]);

test("declared cards fill the gaps that others leave", () => {
  expect(spots(card("one", 6, 2), card("two", 6, 2), card("tall", 12, 5), card("below", 12, 3))).toEqual([["one", 0, 0, 3, 2], ["two", 3, 0, 3, 2], ["tall", 6, 0, 6, 5], ["below", 0, 2, 6, 3]]);
  expect(spots(card("tall", 12, 5), card("low", 12, 4), card("whole", 24, 3))).toEqual([["tall", 0, 0, 6, 5], ["low", 6, 0, 6, 5], ["whole", 0, 5, 12, 3]]);
  expect(spots(card("half", 12, 5), card("whole", 24, 8), card("other", 12, 5))).toEqual([["half", 0, 0, 6, 5], ["whole", 0, 5, 12, 8], ["other", 6, 0, 6, 5]]);
});

test("a card alone in its line takes all of it", () => {
  expect(spots(card("alone", 12, 5))).toEqual([["alone", 0, 0, 12, 5]]);
});

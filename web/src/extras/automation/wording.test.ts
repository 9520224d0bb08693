import { expect, test } from "vitest";
import { planets } from "../../testing/planets";
import { kept, spoken } from "./wording";

test("a rule speaks of fields by their labels and keeps their names", () => {
  expect(spoken("{name} 的气候是 {climate}，{unknown} 照旧", planets.fields)).toBe("{星名} 的气候是 {气候}，{unknown} 照旧");
  expect(kept("{星名} 的气候是 {气候}，{未写完", planets.fields)).toBe("{name} 的气候是 {climate}，{未写完");
});

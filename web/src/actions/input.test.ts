import { expect, test } from "vitest";
import { planets } from "../testing/planets";
import { actionFields, actionInput, leading, startInput } from "./input";

const action = (name: string) => {
  const found = planets.actions.find((one) => one.name === name);
  if (!found) throw new Error(name);
  return found;
};

test("the actions that lead from one state to another are the ones that fit", () => {
  expect(leading(planets, "phase", "dust", "molten").map(({ name }) => name)).toEqual(["cool"]);
  expect(leading(planets, "phase", "molten", "alive").map(({ name }) => name)).toEqual(["settle"]);
  expect(leading(planets, "phase", "alive", "lost")).toEqual([]);
});

test("an action with several targets asks which, unless the place of the drop said it", () => {
  const [to] = actionFields(planets, action("restart"), null, "dust");
  expect(to?.options?.map(({ label }) => label)).toEqual(["熔岩"]);
  expect(actionFields(planets, action("restart"), "dust")).toEqual([]);
  expect(actionInput(action("restart"), [], {}, "dust")).toEqual({ to: "dust" });
});

test("what the record already says need not be typed again", () => {
  expect(startInput(action("settle"), { id: 1, price: "12.00" })).toEqual({ price: "12.00" });
  expect(startInput(action("settle"), { id: 1 })).toEqual({ price: null });
  const decided = { ...planets, fields: planets.fields.map((one) => (one.name === "price" ? { ...one, readonly: true } : one)) };
  expect(startInput(action("settle"), { id: 1, price: "12.00" }, decided)).toEqual({ price: null });
});

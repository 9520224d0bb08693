import { expect, test } from "vitest";
import { early } from "./early";

const press = (key: string, more: KeyboardEventInit = {}) =>
  document.body.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, ...more }));

test("letters pressed before the search stands there are handed to it, and none after", () => {
  early.listen();
  press("z");
  press("h");
  press("x");
  press("Backspace");
  press("k", { ctrlKey: true });
  press("Enter");
  expect([early.words(), early.entered()]).toEqual(["zh", true]);
  let taken = "";
  early.end((words) => {
    taken = words;
  });
  press("q");
  expect([taken, early.words(), early.entered()]).toEqual(["zh", "", false]);
});

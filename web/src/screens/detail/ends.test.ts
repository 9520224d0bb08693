import { expect, test } from "vitest";
import { fieldOf } from "../../app/meta";
import type { Field } from "../../client/types";
import { planets } from "../../testing/planets";
import { isEnd } from "./ends";

const phase = fieldOf(planets, "phase") as Field;
const ends = (field: Field) => (field.options ?? []).filter((option) => isEnd(planets, field, option)).map(({ label }) => label);

test("what is won or lost is the end of the way although it may be reopened", () => {
  expect(ends(phase)).toEqual(["有生命", "湮灭"]);
});

test("a stage from which one goes on is no end, whatever chance somebody gives it", () => {
  const options = phase.options?.map((option) =>
    option.value === "dust"
      ? { ...option, probability: "0" }
      : option.value === "molten"
        ? { ...option, probability: "1.0000" }
        : option,
  );
  expect(ends({ ...phase, options })).toEqual(["有生命", "湮灭"]);
});

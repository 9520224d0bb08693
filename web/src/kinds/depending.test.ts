import { expect, test } from "vitest";
import { field } from "../testing/planets";
import { fitting, following } from "./depending";

const climate = field("climate", "choice", "气候", {
  options: [
    { value: "hot", label: "炎热" },
    { value: "cold", label: "寒冷" },
  ],
});
const ground = field("ground", "choice", "地表", {
  depends: "climate",
  options: [
    { value: "lava", label: "熔岩", when: ["hot"] },
    { value: "ice", label: "冰", when: ["cold"] },
    { value: "rock", label: "岩石" },
  ],
});
const open = (values: Record<string, unknown>) =>
  fitting(ground, values)
    .options?.filter(({ retired }) => !retired)
    .map(({ value }) => value);

test("only what goes with the deciding choice is offered", () => {
  expect(open({ climate: "hot" })).toEqual(["lava", "rock"]);
  expect(open({ climate: "" })).toEqual(["rock"]);
  expect(open({ climate: ["hot", "cold"] })).toEqual(["lava", "ice", "rock"]);
  expect(open({ name: "X" })).toEqual(["lava", "ice", "rock"]);
});

test("what is called differently beside each deciding choice bears the name it has there", () => {
  const deed = {
    ...ground,
    options: [{ value: "melt", label: "熔化、解冻", when: ["hot", "cold"], called: { hot: "熔化", cold: "解冻" } }],
  };
  expect(fitting(deed, { climate: "cold" }).options?.[0]?.label).toBe("解冻");
  expect(fitting(deed, {}).options?.[0]?.label).toBe("熔化、解冻");
});

test("a choice that no longer goes with the other is open again", () => {
  expect(following([climate, ground], { climate: "cold", ground: "lava" })).toEqual({ climate: "cold", ground: "" });
  expect(following([climate, ground], { climate: "cold", ground: "rock" })).toEqual({ climate: "cold", ground: "rock" });
  expect(following([climate, ground], { ground: "lava" })).toEqual({ ground: "lava" });
});

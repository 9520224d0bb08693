import { expect, test } from "vitest";
import { firstWay } from "./divisions";

const places = [
  { value: "11", label: "北京市", children: [{ value: "110101", label: "东城区" }] },
  {
    value: "51",
    label: "四川省",
    children: [{ value: "5101", label: "成都市", children: [{ value: "510104", label: "锦江区" }] }],
  },
];

test("Enter takes the first place whose name holds the words", () => {
  expect(firstWay("锦江", places)).toEqual(["51", "5101", "510104"]);
  expect(firstWay("四川", places)).toEqual(["51"]);
  expect(firstWay("区", places)).toEqual(["11", "110101"]);
  expect(firstWay("火星", places)).toEqual([]);
});

import { expect, test } from "vitest";
import { grouped, ofTenths, percent, plain, short, sum, tenths } from "./numbers";

test("amounts keep every digit", () => {
  expect(grouped("1234567.50")).toBe("1,234,567.50");
  expect(grouped("-9007199254740993.01")).toBe("-9,007,199,254,740,993.01");
  expect(grouped("999")).toBe("999");
  expect(grouped(null)).toBe("");
});

test("large figures read in 万 and 亿", () => {
  expect(short("10005534.00")).toBe("1,000.55万");
  expect(short(250_000_000)).toBe("2.5亿");
  expect(short("99999")).toBe("99,999");
  expect(short(null)).toBe("–");
});

test("0.45 is 4.5折 and back, without rounding on the way", () => {
  expect(tenths("0.4500")).toBe("4.5");
  expect(tenths("1.0000")).toBe("10");
  expect(tenths("0.5700")).toBe("5.7");
  expect(ofTenths("4.5")).toBe("0.45");
  expect(ofTenths("9")).toBe("0.9");
  expect(ofTenths("0.05")).toBe("0.005");
  expect(ofTenths("12")).toBe("1.2");
  expect(ofTenths("")).toBeNull();
  expect(ofTenths("折")).toBeNull();
});

test("a ratio of nothing says so", () => {
  expect(percent(4238, 6711)).toBe("63.15%");
  expect(percent(0, 0)).toBe("–");
});

test("zeros that say nothing are dropped", () => {
  expect(plain("04.500")).toBe("4.5");
  expect(plain("0.0000")).toBe("0");
  expect(plain("-0.50")).toBe("-0.5");
});

test("cents add up exactly", () => {
  expect(sum(["0.10", "0.20", null], 2)).toBe("0.30");
  expect(sum(["4821.00", "550.00"], 2)).toBe("5371.00");
});

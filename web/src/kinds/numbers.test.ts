import { expect, test } from "vitest";
import { grouped, ofTenths, percent, plain, short, sum, tenths, written, writtenTenths } from "./numbers";

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

test("numbers are typed as people write them", () => {
  expect(["￥1.2万", "3亿", "1,234.50", "１００ 元", "-0.5万", "1.2345678万", "2万亿"].map(written)).toEqual([
    "12000",
    "300000000",
    "1234.50",
    "100",
    "-5000",
    "12345.678",
    "2000000000000",
  ]);
  expect(["", "1.", "面议", "3万5"].map(written)).toEqual(["", "1.", "面议", "3万5"]);
  expect(["4.5折", "45折", "45%", "9折", "10折", "8.", "12"].map(writtenTenths)).toEqual([
    "4.5",
    "4.5",
    "4.5",
    "9",
    "10",
    "8.",
    "12",
  ]);
});

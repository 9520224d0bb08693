import { fireEvent, screen, waitFor } from "@testing-library/react";
import { useState } from "react";
import { expect, test } from "vitest";
import { field } from "../testing/planets";
import { draw } from "../testing/render";
import { serve } from "../testing/server";
import { Asked } from ".";
import { block, landed, landing, readCell, reckoned, times } from "./sheet";

const PARTS = [
  field("ore", "ref", "矿石", { to: "ores", required: true }),
  field("tons", "decimal", "吨数", { decimals: 2 }),
  field("price", "money", "单价"),
  field("worth", "money", "价值", { readonly: true, product_of: ["tons", "price"] }),
];
const MINES = field("mines", "lines", "矿藏", { parts: PARTS });

test("a product is exact to the cent, halves go up as on the server", () => {
  expect(times(["3", "1234567890123.45"], 2)).toBe("3703703670370.35");
  expect([times(["0.5", "0.01"], 2), times(["1.5", "0.01"], 2), times(["2.5", "0.01"], 2)]).toEqual(["0.01", "0.02", "0.03"]);
  expect([times(["-1.5", "2.11"], 2), times(["2", "x"], 2)]).toEqual(["-3.17", undefined]);
  expect(reckoned(PARTS, { tons: "2", price: "1.5" })).toMatchObject({ worth: "3.00" });
  expect(reckoned(PARTS, { tons: "2", price: null })).toMatchObject({ worth: undefined });
});

test("a block copied from a spreadsheet has rows and columns, a word has none", () => {
  expect(block("铁\t1\r\n铜\t2\r\n")).toEqual([
    ["铁", "1"],
    ["铜", "2"],
  ]);
  expect(block("铁矿")).toBeNull();
});

test("a pasted cell is read as its kind", () => {
  expect([readCell(field("a", "money", "价"), "¥1,234.50"), readCell(field("a", "money", "价"), "面议")]).toEqual([
    "1234.50",
    undefined,
  ]);
  expect(readCell(field("a", "date", "日"), "2026年3月1日")).toBe("2026-03-01");
  const discount = (text: string) => readCell(field("a", "ratio", "折扣"), text);
  expect(["9折", "85折", "4.5 折", "90%", "0.9", "不打折", "9"].map(discount)).toEqual([
    "0.9",
    "0.85",
    "0.45",
    "0.9",
    "0.9",
    "1",
    undefined,
  ]);
  expect(readCell(field("a", "choice", "选", { options: [{ value: "hot", label: "炎热" }] }), "炎热")).toBe("hot");
});

test("a block lands from its cell on and passes over what the server fills", () => {
  const cells = landing(
    PARTS,
    [
      ["2", "5", "多余"],
      ["3", "6"],
    ],
    { row: 0, column: 1 },
  );
  const { lines, unread } = landed([{ ore: null, tons: null, price: null }], cells, () => ({ ore: null }), new Map());
  expect(lines).toEqual([
    { ore: null, tons: "2", price: "5" },
    { ore: null, tons: "3", price: "6" },
  ]);
  expect(unread).toEqual([]);
});

function Sheet() {
  const [value, setValue] = useState<unknown>([
    { ore: null, tons: "1", price: "2.00" },
    { ore: null, tons: "3", price: "4.00" },
  ]);
  return (
    <>
      <Asked field={MINES} value={value} onChange={setValue} />
      <output>{JSON.stringify(value)}</output>
    </>
  );
}

test("arrows lead from cell to cell and Enter beyond the last row adds one", async () => {
  draw(<Sheet />);
  const [first, second] = await screen.findAllByLabelText("吨数");
  first?.focus();
  if (first) fireEvent.keyDown(first, { key: "ArrowDown" });
  expect(document.activeElement).toBe(second);
  if (second) fireEvent.keyDown(second, { key: "Enter" });
  expect(await screen.findAllByLabelText("吨数")).toHaveLength(3);
});

test("a price follows list price and discount, and the discount follows a price that was typed", () => {
  const part = (name: string, more: object) =>
    ({ name, label: name, kind: "money", ops: [], decimals: 2, readonly: false, ...more }) as unknown as (typeof PARTS)[number];
  const parts = [
    part("list", { readonly: true }),
    part("ratio", { kind: "ratio", decimals: 4 }),
    part("price", { product_of: ["list", "ratio"] }),
    part("sum", { readonly: true, product_of: ["tons", "price"] }),
  ];
  expect(reckoned(parts, { tons: "3", list: "99.99", ratio: "0.45", price: "1" }, "ratio")).toMatchObject({
    price: "45.00",
    sum: "135.00",
  });
  expect(reckoned(parts, { tons: "1", list: "100", ratio: "1", price: "44.99" }, "price")).toMatchObject({
    ratio: "0.4499",
    price: "44.99",
    sum: "44.99",
  });
  expect(reckoned(parts, { tons: "1", list: "3", ratio: "1", price: "2" }, "price")).toMatchObject({ ratio: "0.6666" });
});

test("what is pasted is found by name, reckoned and added up at once", async () => {
  serve({
    "GET /ores/options": ({ query }: { query: URLSearchParams }) => ({
      rows: query.get("q") === "铁" ? [{ id: 9, label: "铁" }] : [],
    }),
  });
  draw(<Sheet />);
  const [first] = await screen.findAllByLabelText("矿石");
  if (first) fireEvent.paste(first, { clipboardData: { getData: () => "铁\t2\t10\n石英\t5\t1" } });
  expect(await screen.findByText(/没有认出来.*石英/)).toBeTruthy();
  expect(JSON.parse(document.querySelector("output")?.textContent ?? "[]")).toMatchObject([
    { ore: { id: 9, label: "铁" }, tons: "2", price: "10", worth: "20.00" },
    { ore: null, tons: "5", price: "1", worth: "5.00" },
  ]);
});

test("a pasted product brings its price along, unless a price was pasted beside it", async () => {
  serve({
    "GET /ores/options": ({ query }: { query: URLSearchParams }) => ({
      rows: [{ id: query.get("q") === "铁" ? 9 : 8, label: query.get("q") }],
    }),
    "GET /ores/9": { id: 9, version: 1, list: "100.00" },
    "GET /ores/8": { id: 8, version: 1, list: "40.00" },
  });
  const parts = [
    field("ore", "ref", "矿石", { to: "ores", required: true }),
    field("tons", "decimal", "吨数", { decimals: 2 }),
    field("price", "money", "单价", { decimals: 2, taken_from: "ore.list" }),
    field("worth", "money", "价值", { decimals: 2, readonly: true, product_of: ["tons", "price"] }),
  ];
  function Priced() {
    const [value, setValue] = useState<unknown>([{ ore: null, tons: null, price: null }]);
    return (
      <>
        <Asked field={{ ...MINES, parts }} value={value} onChange={setValue} />
        <output>{JSON.stringify(value)}</output>
      </>
    );
  }
  draw(<Priced />);
  fireEvent.paste(await screen.findByLabelText("矿石"), { clipboardData: { getData: () => "铁\t2\t\n铜\t3\t35" } });
  await waitFor(() =>
    expect(JSON.parse(document.querySelector("output")?.textContent ?? "[]")).toMatchObject([
      { ore: { id: 9 }, tons: "2", price: "100.00", worth: "200.00" },
      { ore: { id: 8 }, tons: "3", price: "35", worth: "105.00" },
    ]),
  );
});

import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import type { Shown } from "../../client/reports";
import { meta, planets } from "../../testing/planets";
import { draw } from "../../testing/render";
import { serve } from "../../testing/server";
import { addressOf, drawn, figureText } from "./figures";
import { dateOptions, groupOptions, measureOptions } from "./fields";
import ReportScreen from "./ReportScreen";
import { optionsOf } from "./options";
import { isDrawn, View } from "./View";
import { missing } from "./words";

const alive = { field: "phase", op: "eq" as const, value: "alive" };
const hot = { field: "climate", op: "eq" as const, value: "hot" };
const count = { label: "数量", show: "plain" as const, unit: "count", filter: null, adds: true };
const SHOWN: Shown = {
  collection: "planets",
  label: "行星",
  picture: "table",
  goal: null,
  filter: alive,
  dated: false,
  left_out: 0,
  row_fields: [{ name: "climate", label: "气候", kind: "choice" }],
  column_fields: [],
  columns: [],
  measures: [count, { ...count, label: "占比", show: "share", unit: "percent", filter: hot }],
  rows: [{ keys: [{ value: "hot", label: "炎热" }], filter: hot }],
  cells: [[]],
  row_totals: [["1200", "0.3333"]],
  column_totals: [],
  total: ["3600", "1.0000"],
};

test("figures read as money, counts and percentages", () => {
  expect(figureText({ ...count, unit: "money" }, "-1234.50")).toBe("¥−1,234.50");
  expect(figureText({ ...count, unit: "percent", show: "change" }, "2.2000")).toBe("+220%");
  expect(figureText({ ...count, unit: "percent", show: "ratio" }, "0.3333")).toBe("33.33%");
  expect(figureText(count, null)).toBe("–");
});

test("a figure opens the records it counts, with every condition", () => {
  const address = new URL(addressOf(SHOWN, SHOWN.measures[1], SHOWN.rows[0]), "http://planets.test");
  expect(address.pathname).toBe("/planets");
  expect(JSON.parse(address.searchParams.get("filter") ?? "")).toEqual({ and: [alive, hot, hot] });
});

test("a chart draws a series for each column, else one for each measure", () => {
  expect(drawn(SHOWN).series.map(({ name, values }) => [name, values])).toEqual([
    ["数量", [1200]],
    ["占比", [0.3333]],
  ]);
  const wide = { ...SHOWN, measures: [count], columns: SHOWN.rows, cells: [[["7"]]], column_totals: [["7"]] };
  expect(drawn(wide).series.map(({ name, values }) => [name, values])).toEqual([["炎热", [7]]]);
  expect(drawn({ ...wide, rows: [], row_fields: [] }).names).toEqual(["炎热"]);
});

test("every measure of a column is drawn; a ring shows whole rows", () => {
  const wide = { ...SHOWN, columns: SHOWN.rows, cells: [[["7", "0.25"]]], column_totals: [["7", "1"]] };
  expect(drawn(wide).series.map(({ name, values }) => [name, values])).toEqual([
    ["炎热 · 数量", [7]],
    ["炎热 · 占比", [0.25]],
  ]);
  expect(drawn({ ...wide, picture: "pie" }).series[0]?.values).toEqual([1200]);
});

test("money and numbers stand on two axes, so that neither lies flat", () => {
  const money = { ...count, label: "金额", unit: "money" };
  const sides = (...measures: Shown["measures"]) => {
    const { series, yAxis } = optionsOf({ ...SHOWN, picture: "bar", measures, row_totals: [["1200", "3"]] }, () => "", false) as {
      series: { name: string; type: string; yAxisIndex: number }[];
      yAxis: unknown[];
    };
    return [yAxis.length, ...series.map(({ name, type, yAxisIndex }) => `${name} ${type} ${yAxisIndex}`)];
  };
  expect(sides(money, count)).toEqual([2, "金额 bar 0", "数量 line 1"]);
  expect(sides(count, { ...count, label: "赢单" })).toEqual([1, "数量 bar 0", "赢单 bar 0"]);
  expect(sides({ ...count, label: "占比", unit: "percent" }, money)).toEqual([2, "占比 line 1", "金额 bar 0"]);
});

test("without a goal a gauge is a number that asks for one; a share has its own whole", () => {
  const gauge: Shown = { ...SHOWN, picture: "gauge", rows: [], row_fields: [], measures: [count], total: ["3600"] };
  expect([
    isDrawn(gauge),
    isDrawn({ ...gauge, goal: "5000" }),
    isDrawn({ ...gauge, measures: [{ ...count, unit: "percent" }] }),
  ]).toEqual([false, true, true]);
  draw(<View shown={gauge} name="行星" />);
  screen.getByRole("link", { name: "3,600" });
  screen.getByText("填写目标值后，按完成的多少画成仪表");
});

test("taking a measure away takes the order by it away", async () => {
  const calls = serve({ "POST /report-figures": SHOWN });
  draw(<ReportScreen />, { at: "/reports/new?collection=planets", path: "/reports/:id" });
  await userEvent.click(await screen.findByRole("button", { name: "添加指标" }));
  await userEvent.click(await screen.findByRole("combobox", { name: "排序" }));
  await userEvent.click(await screen.findByText("指标 2 从大到小"));
  await waitFor(() => expect(calls.at(-1)?.body).toMatchObject({ definition: { order: "-1" } }));
  await userEvent.click(screen.getAllByRole("button", { name: "删除指标" }).at(-1) as HTMLElement);
  await waitFor(() => expect(calls.at(-1)?.body).toMatchObject({ definition: { order: "" } }));
});

test("any object offers what it can be grouped and measured by", () => {
  const groups = groupOptions(meta, planets).map(({ value }) => value);
  expect(groups).toEqual(expect.arrayContaining(["climate", "born_on:month", "place:province", "marks", "star.heat", "star"]));
  expect(groups).not.toEqual(expect.arrayContaining(["story"]));
  expect(measureOptions(meta, planets).map(({ value }) => value)).toEqual(
    expect.arrayContaining(["count", "sum:price", "avg:moons", "max:star.heat"]),
  );
  expect(dateOptions(meta, planets).map(({ value }) => value)).toEqual(expect.arrayContaining(["born_on", "seen_at"]));
});

test("a picture says what it still needs", () => {
  expect(missing({ picture: "heat", rows: ["climate"] })).toBe("这个图形需要一个行分组和一个列分组");
  expect(missing({ picture: "map", rows: ["climate"] })).toBe("省份地图需要把地址（按省）单独放在行分组");
  expect(missing({ picture: "map", rows: ["place:province", "climate"] })).toBe("省份地图需要把地址（按省）单独放在行分组");
  expect(missing({ picture: "gauge" })).toBeNull();
});

test("a report is built by clicking, seen at once and saved as it is seen", async () => {
  const calls = serve({ "POST /report-figures": SHOWN, "POST /reports": { id: 7, version: 1 }, "GET /reports/7": null });
  draw(<ReportScreen />, { at: "/reports/new?collection=planets", path: "/reports/:id" });
  await userEvent.click(await screen.findByRole("radio", { name: "表格" }));
  expect((await screen.findByRole("link", { name: "1,200" })).getAttribute("href")).toContain("/planets?filter=");
  await waitFor(() =>
    expect(calls.at(-1)?.body).toEqual({
      collection: "planets",
      definition: {
        rows: ["phase"],
        measures: [{ of: "count", filter: null, over_filter: null }],
        picture: "table",
        filter: null,
      },
    }),
  );
  await userEvent.type(screen.getByLabelText("报表名称"), "气候");
  await userEvent.click(screen.getByRole("button", { name: /保\s?存/ }));
  await waitFor(() => expect(calls.some(({ method, path }) => method === "POST" && path === "/reports")).toBe(true));
  const kept = calls.find(({ path }) => path === "/reports")?.body as {
    name: string;
    collection: string;
    share: string;
    definition: string;
  };
  expect([kept.name, kept.collection, kept.share]).toEqual(["气候", "planets", "private"]);
  expect(JSON.parse(kept.definition)).toMatchObject({ rows: ["phase"], picture: "table" });
});

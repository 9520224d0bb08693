import { screen, within } from "@testing-library/react";
import { expect, test } from "vitest";
import type { Import } from "../../client/imports";
import { planets } from "../../testing/planets";
import { draw } from "../../testing/render";
import { serve } from "../../testing/server";
import { Recent } from "./Recent";
import { Result } from "./Result";

const result = {
  created: 3,
  updated: 0,
  skipped: 0,
  refused: 5,
  refused_file: { id: 4, name: "退回的行.csv" },
  undone: null,
  reasons: [
    { field: "price", reason: "看不懂数字“很多”", count: 4, rows: [3, 5, 8] },
    { field: "", reason: "比表头多出 1 格", count: 1, rows: [9] },
  ],
};
const done = {
  id: 7,
  collection: "planets",
  filename: "行星.csv",
  state: "done",
  result,
  undo: { possible: false, until: null },
  created_at: "2026-11-22T09:00:00+08:00",
} as unknown as Import;

test("the result says why rows were refused, how many and where they stand", () => {
  serve({});
  draw(<Result object={planets} import_={done} undo={() => Promise.resolve()} />);
  const reasons = within(screen.getByRole("list", { name: "拒绝的原因" }))
    .getAllByRole("listitem")
    .map(({ textContent }) => textContent);
  expect(reasons).toEqual(["4 行地价：看不懂数字“很多” 第 3、5、8 行等", "1 行比表头多出 1 格 第 9 行"]);
  expect(screen.getByRole("link", { name: "下载被拒绝的 5 行" })).toBeTruthy();
});

test("what could not be undone is named with the reason, and leads to the record", () => {
  serve({});
  const kept = { collection: "planets", id: 5, label: "水星", reason: "导入之后被修改过" };
  const undone = {
    ...done,
    state: "undone",
    result: { ...result, undone: { removed: 2, restored: 0, kept: 1, records: [kept] } },
  } as unknown as Import;
  draw(<Result object={planets} import_={undone} undo={() => Promise.resolve()} />);
  expect(screen.getByText("导入之后被修改过")).toBeTruthy();
  expect(screen.getByRole("link", { name: "水星" }).getAttribute("href")).toBe("/planets/5");
  expect(screen.queryByRole("link", { name: /^下载/ })).toBeNull();
});

test("an import that was left is found again, with how far it came", async () => {
  serve({ "GET /imports": { rows: [{ ...done, id: 8, state: "checked" }, done], next: null } });
  draw(<Recent />);
  const [waiting, over] = await screen.findAllByRole("link");
  expect([waiting?.getAttribute("href"), waiting?.textContent.endsWith("检查过，还没有导入")]).toEqual(["/imports/8", true]);
  expect(over?.textContent).toMatch(/新建 3 · 拒绝 5已导入$/);
});

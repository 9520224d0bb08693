import { act, cleanup, fireEvent, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { cell, open, ROWS, SERVER } from "../../testing/planetList";
import { planets } from "../../testing/planets";
import { draw } from "../../testing/render";
import { serve, type Call } from "../../testing/server";
import { lastList } from "./last";
import { ListScreen } from "./ListScreen";

test("arrows move, x chooses, Enter opens, and ? says so", async () => {
  const { router } = open();
  (await cell(0, 0)).focus();
  fireEvent.keyDown(document.activeElement as Element, { key: "ArrowDown" });
  await waitFor(() => expect((document.activeElement as HTMLElement).dataset.cell).toBe("1:0"));
  fireEvent.keyDown(document.activeElement as Element, { key: "x" });
  expect((await screen.findByRole("region", { name: "批量操作" })).textContent).toContain("已选 1 条");
  fireEvent.keyDown(document.body, { key: "?" });
  expect(await screen.findByText("修改单元格")).toBeTruthy();
  fireEvent.keyDown(document.querySelector("[data-cell='1:0']") as Element, { key: "Enter" });
  await waitFor(() => expect(router.state.location.pathname).toBe("/planets/2"));
});

test("a column is drawn wider by its edge and remembered in the address", async () => {
  const { router } = open();
  const edge = await screen.findByRole("separator", { name: "气候的宽度" });
  const before = Number(edge.getAttribute("aria-valuenow"));
  fireEvent.keyDown(edge, { key: "ArrowRight" });
  await waitFor(() => expect(router.state.location.search).toBe(`?widths=climate%3A${before + 16}`));
});

test("one press narrows the list to what is mine", async () => {
  const { router } = open();
  await userEvent.click(await screen.findByRole("button", { name: "我负责的" }));
  expect(new URLSearchParams(router.state.location.search).get("filter")).toBe('{"field":"owner","op":"eq","value":"me"}');
});

test("the word a list is narrowed by stands in its box whoever put it into the address, and typing is never overtaken", async () => {
  const { router } = open("?q=水");
  const box = await screen.findByRole("textbox", { name: "在列表中查找" });
  expect(box).toHaveProperty("value", "水");
  await userEvent.type(box, "星");
  await waitFor(() => expect(new URLSearchParams(router.state.location.search).get("q")).toBe("水星"));
  expect(box).toHaveProperty("value", "水星");
  await act(() => router.navigate("/planets?group=climate"));
  await waitFor(() => expect(box).toHaveProperty("value", ""));
  await userEvent.type(box, "火");
  await act(() => router.navigate("/planets?q=海"));
  await new Promise((resolve) => setTimeout(resolve, 400));
  expect([box.getAttribute("value"), new URLSearchParams(router.state.location.search).get("q")]).toEqual(["海", "海"]);
});

test("previous and next follow the list, and the column of a board, one came from, a page read anew included", async () => {
  open();
  await screen.findByText("水星");
  expect(lastList("planets")).toEqual({ address: "/planets", ids: [1, 2] });
  cleanup();
  const dusty = { rows: [{ ...ROWS[0], id: 9, name: "金星" }, ROWS[0]], next: null };
  serve({
    ...SERVER,
    "GET /planets": ({ query }: Call) => ((query.get("filter") ?? "").includes('"dust"') ? dusty : { rows: [], next: null }),
  });
  draw(<ListScreen object={planets} />, { at: "/planets?view=board", path: "/:collection" });
  // Into another tab: in this one the board stays.
  fireEvent.click(await screen.findByRole("link", { name: "金星" }), { ctrlKey: true });
  expect(lastList("planets")).toEqual({ address: "/planets?view=board", ids: [9, 1] });
  expect(JSON.parse(sessionStorage.getItem("zhike:list:planets") ?? "")).toMatchObject({ ids: [9, 1] });
});

test("an export takes what the list shows: its conditions and the word it is narrowed by", async () => {
  const { calls } = open("?q=星&filter=" + encodeURIComponent(JSON.stringify({ field: "climate", op: "eq", value: "hot" })), {
    "POST /planets/export": { id: 5, kind: "export", state: "queued" },
    "GET /jobs/5": { id: 5, kind: "export", title: "导出行星", state: "done", result: {}, files: [] },
  });
  await userEvent.click(await screen.findByRole("button", { name: "导出" }));
  await userEvent.click(await screen.findByRole("menuitem", { name: "导出 CSV" }));
  await waitFor(() =>
    expect(calls.find(({ method }) => method === "POST")?.body).toMatchObject({
      q: "星",
      filter: { field: "climate", op: "eq", value: "hot" },
      format: "csv",
    }),
  );
});

test("a condition that was only begun is told instead of being left out without a word", async () => {
  const { router } = open();
  await userEvent.click(await screen.findByRole("button", { name: "组合条件" }));
  const dialog = within(await screen.findByRole("dialog", {}, { timeout: 5000 }));
  await userEvent.click(await screen.findByTitle("星名"));
  expect(await dialog.findByText("有条件还没有填完")).toBeTruthy();
  expect(dialog.getByRole("button", { name: /应\s?用/ })).toHaveProperty("disabled", true);
  await userEvent.click(dialog.getByRole("button", { name: "删除条件" }));
  await userEvent.click(dialog.getByRole("button", { name: /应\s?用/ }));
  expect(router.state.location.search).toBe("");
});

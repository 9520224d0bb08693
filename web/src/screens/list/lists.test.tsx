import { act, cleanup, fireEvent, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import type { Row } from "../../client/types";
import { draw } from "../../testing/render";
import { Refusal, serve, type Call } from "../../testing/server";
import { planets } from "../../testing/planets";
import { lastList } from "./last";
import { ListScreen } from "./ListScreen";

vi.mock("@tanstack/react-virtual", () => ({
  // The page of a test has no height, so that nothing would be in sight.
  useVirtualizer: ({ count, getItemKey }: { count: number; getItemKey?: (index: number) => string | number }) => ({
    getVirtualItems: () =>
      Array.from({ length: count }, (_, index) => ({ index, start: index * 38, key: getItemKey?.(index) ?? index })),
    getTotalSize: () => count * 38,
    scrollToIndex: () => undefined,
    measure: () => undefined,
    measureElement: () => undefined,
  }),
}));

const ROWS: Row[] = [
  { id: 1, version: 3, name: "水星", climate: "hot", phase: "dust", price: "10.00", owner: { id: 3, label: "伽利略" } },
  { id: 2, version: 1, name: "海王星", climate: "cold", phase: "alive", price: "30.00", owner: null },
];
const listed = ({ query }: Call) =>
  query.get("total") ? { rows: [], next: null, total: { count: 412, exact: true } } : { rows: ROWS, next: null };
const measured = ({ query }: Call) =>
  query.get("group") === "climate"
    ? {
        rows: [
          { climate: "cold", count: 300, "sum:price": "900.00" },
          { climate: "hot", count: 112, "sum:price": "77.50" },
          { climate: "", count: 2, "sum:price": null },
        ],
      }
    : { rows: [{ count: 412, "sum:price": "977.50", "avg:price": "2.3726" }] };

const SERVER = {
  "GET /planets": listed,
  "GET /planets/aggregate": measured,
  "GET /saved-views": { rows: [], next: null },
  "GET /divisions": [],
};

function open(search = "", replies: Parameters<typeof serve>[0] = {}) {
  const calls = serve({ ...SERVER, ...replies });
  const drawn = draw(<ListScreen object={planets} />, { at: `/planets${search}`, path: "/:collection" });
  return { calls, ...drawn };
}

const cell = async (line: number, column: number) => {
  await screen.findByText("水星");
  return document.querySelector(`[data-cell="${line}:${column}"]`) as HTMLElement;
};
const asked = (calls: Call[]) =>
  calls.findLast(({ method, path, query }) => method === "GET" && path === "/planets" && !query.get("total"))?.query;

test("the foot adds up the whole filter, and another way of adding is kept in the address", async () => {
  const { router } = open();
  const foot = await screen.findByRole("row", { name: "全部行星的汇总" });
  await waitFor(() => expect(foot.textContent).toContain("平均 ¥2.37"));
  await userEvent.click(within(foot).getByRole("button", { name: /^地价：平均 / }));
  await userEvent.click(await screen.findByRole("menuitem", { name: "合计" }));
  await waitFor(() => expect(foot.textContent).toContain("合计 ¥977.5"));
  expect(router.state.location.search).toBe("?totals=price%3Asum");
});

test("a group is a head with its figures until it is unfolded, and then asks for its rows alone", async () => {
  const { calls } = open("?group=climate&totals=price%3Asum");
  const cold = (await screen.findByText("300 条")).closest("[role=row]") as HTMLElement;
  expect(screen.getAllByText(/^\d+ 条$/).map((count) => count.textContent)).toContain("2 条");
  expect(within(cold).getByText("¥900")).toBeTruthy();
  expect([...document.querySelectorAll(".grid-group strong")].map((name) => name.textContent)).toEqual([
    "炎热",
    "寒冷",
    "（未填）",
  ]);
  expect(screen.queryByText("水星")).toBeNull();
  await userEvent.click(cold);
  expect(await screen.findByText("水星")).toBeTruthy();
  expect(JSON.parse(asked(calls)?.get("filter") ?? "")).toEqual({ field: "climate", op: "eq", value: "cold" });
});

test("a group within a group has figures of its own, and its rows are those of both", async () => {
  const { calls } = open("?group=climate%2Cphase&totals=price%3Asum", {
    "GET /planets/aggregate": (call: Call) =>
      call.query.get("group") === "phase"
        ? {
            rows: [
              { phase: "alive", count: 20, "sum:price": "70.00" },
              { phase: "dust", count: 280, "sum:price": "830.00" },
            ],
          }
        : measured(call),
  });
  await userEvent.click((await screen.findByText("寒冷")).closest("[role=row]") as HTMLElement);
  const dust = (await screen.findByText("280 条")).closest("[role=row]") as HTMLElement;
  expect([...document.querySelectorAll(".grid-group strong")].map((name) => name.textContent)).toEqual([
    "炎热",
    "寒冷",
    "尘埃",
    "有生命",
    "（未填）",
  ]);
  expect([dust.getAttribute("aria-level"), within(dust).getByText("¥830").textContent]).toEqual(["2", "¥830"]);
  expect(JSON.parse(calls.find(({ query }) => query.get("group") === "phase")?.query.get("filter") ?? "")).toEqual({
    field: "climate",
    op: "eq",
    value: "cold",
  });
  await userEvent.click(dust);
  expect(await screen.findByText("水星")).toBeTruthy();
  expect(JSON.parse(asked(calls)?.get("filter") ?? "")).toEqual({
    and: [
      { field: "climate", op: "eq", value: "cold" },
      { field: "phase", op: "eq", value: "dust" },
    ],
  });
});

test("colour rules are held against the rows by the server; the first that is met decides", async () => {
  const rules = [
    { filter: { field: "price", op: "gte", value: "20" }, tint: "red" },
    { filter: { field: "climate", op: "eq", value: "hot" }, tint: "gold", field: "climate" },
  ];
  const { calls } = open(`?rules=${encodeURIComponent(JSON.stringify(rules))}`, {
    "GET /planets": (call: Call) =>
      call.query.get("total")
        ? listed(call)
        : {
            rows: [
              { ...ROWS[0], _meets: [false, true] },
              { ...ROWS[1], _meets: [true, false] },
            ],
            next: null,
          },
  });
  const hot = await cell(0, 1);
  expect(JSON.parse(asked(calls)?.get("meets") ?? "")).toEqual(rules.map(({ filter }) => filter));
  expect(hot.className).toContain("tint-gold");
  expect(hot.closest("[role=row]")?.className).not.toContain("tint");
  expect(screen.getByText("海王星").closest("[role=row]")?.className).toContain("tint-red");
});

test("a cell is edited in its place, and what was done is taken back by Ctrl+Z", async () => {
  const { calls } = open("", {
    "PATCH /planets/1": ({ body }: Call) => ({
      ...ROWS[0],
      ...(body as object),
      version: (body as { version: number }).version + 1,
    }),
  });
  fireEvent.doubleClick(await cell(0, 0));
  const input = await screen.findByRole("textbox", { name: "星名" });
  await userEvent.clear(input);
  await userEvent.type(input, "辰星{Enter}");
  expect(await screen.findByText("已修改“星名”")).toBeTruthy();
  expect(calls.find(({ method }) => method === "PATCH")?.body).toEqual({ version: 3, name: "辰星" });
  fireEvent.keyDown(document.body, { key: "z", ctrlKey: true });
  await waitFor(() => expect(calls.findLast(({ method }) => method === "PATCH")?.body).toEqual({ version: 4, name: "水星" }));
});

test("what the server refuses stays open with its reason", async () => {
  open("", {
    "PATCH /planets/1": new Refusal(422, { code: "invalid", message: "不正确", fields: { name: "这个名字已有人用" } }),
  });
  fireEvent.doubleClick(await cell(0, 0));
  const input = await screen.findByRole("textbox", { name: "星名" });
  await userEvent.type(input, "二{Enter}");
  expect((await screen.findByRole("alert")).textContent).toBe("这个名字已有人用");
  expect(screen.getByDisplayValue("水星二")).toBeTruthy();
});

test("when a colleague was faster, both values are shown and one chooses", async () => {
  const now = { ...ROWS[0], version: 9, name: "辰星" };
  const { calls } = open("", {
    "PATCH /planets/1": ({ body }: Call) =>
      (body as { version: number }).version === 9
        ? { ...now, name: "水星二", version: 10 }
        : new Refusal(409, {
            code: "stale",
            message: "已被他人修改",
            fields: { name: { yours: "水星二", theirs: "辰星" } },
            current: now,
          }),
  });
  fireEvent.doubleClick(await cell(0, 0));
  await userEvent.type(await screen.findByRole("textbox", { name: "星名" }), "二{Enter}");
  expect((await screen.findByRole("alert")).textContent).toContain("现在是“辰星”");
  await userEvent.click(screen.getByRole("button", { name: "用我的" }));
  await waitFor(() => expect(calls.findLast(({ method }) => method === "PATCH")?.body).toEqual({ version: 9, name: "水星二" }));
});

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

test("what may not be edited is not opened for editing", async () => {
  open();
  fireEvent.keyDown(await cell(0, 2), { key: "F2" });
  expect(screen.queryByRole("group", { name: "修改阶段" })).toBeNull();
});

test("all that match are chosen together, foreseen with names and reasons, and then done", async () => {
  const { calls } = open(`?filter=${encodeURIComponent('{"field":"climate","op":"eq","value":"hot"}')}&q=xing`, {
    "POST /planets/bulk": ({ body }: Call) =>
      (body as { dry_run?: boolean }).dry_run
        ? { count: 412, done: 0, same: 0, refused: [{ id: 2, label: "海王星", reason: "当前是有生命" }] }
        : { count: 412, done: 411, same: 0, refused: [] },
  });
  await userEvent.click(await screen.findByRole("checkbox", { name: "选择水星" }));
  await userEvent.click(screen.getByRole("button", { name: "选择全部 412 条" }));
  await userEvent.click(screen.getByRole("button", { name: "冷却" }));
  const refused = (await screen.findByText(/当前是有生命/)).closest("li") as HTMLElement;
  expect(within(refused).getByRole("link", { name: "海王星" })).toBeTruthy();
  await userEvent.click(await screen.findByRole("button", { name: "批量冷却 411 条" }));
  await waitFor(() =>
    expect(calls.find(({ path, body }) => path === "/planets/bulk" && !(body as { dry_run?: boolean }).dry_run)?.body).toEqual({
      filter: { field: "climate", op: "eq", value: "hot" },
      q: "xing",
      action: "cool",
      input: {},
    }),
  );
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

test("what many records shall hold is chosen, or that it shall be nothing, before anything is foreseen", async () => {
  const { calls } = open("", { "POST /planets/bulk": { count: 1, done: 0, same: 0, refused: [] } });
  await userEvent.click(await screen.findByRole("checkbox", { name: "选择水星" }));
  await userEvent.click(screen.getByRole("button", { name: "批量修改" }));
  const dialog = within(await screen.findByRole("dialog"));
  await userEvent.click(await dialog.findByLabelText("修改哪个栏目"));
  await userEvent.click(await screen.findByTitle("质量"));
  const bulk = () => calls.filter(({ path }) => path === "/planets/bulk").map(({ body }) => body);
  await new Promise((resolve) => setTimeout(resolve, 400));
  expect(bulk()).toEqual([]);
  await userEvent.click(dialog.getByRole("checkbox", { name: "清空这一栏" }));
  await waitFor(() => expect(bulk()).toEqual([{ ids: [1], set: { mass: null }, dry_run: true }]));
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

import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import dayjs from "dayjs";
import { afterEach, beforeEach, expect, test } from "vitest";
import { adopt, forgetPerson } from "../../app/preferences";
import type { HomeCard } from "../../client/desk";
import type { Description } from "../../client/types";
import Home from "../Home";
import { meta } from "../../testing/planets";
import { draw } from "../../testing/render";
import { serve } from "../../testing/server";
import { dueDay, nearDay } from "./due";
import { moved, standingCards } from "./layout";

const card = (name: string, facts: Partial<HomeCard> = {}): HomeCard => ({
  name,
  label: name,
  type: "number",
  collection: "planets",
  measure: "count",
  filter: null,
  group: [],
  fields: [],
  lines: [],
  ...facts,
});
const due = { field: "born_on", op: "lte" as const, value: { days: 0 } };
const CARDS = [
  card("数目"),
  card("要看的", {
    type: "list",
    filter: due,
    order: "born_on",
    limit: 2,
    fields: ["born_on", "climate"],
    due: "born_on",
    act: "cool",
  }),
  card("本月", {
    type: "figures",
    lines: [{ label: "新星", collection: "planets", measure: "count", filter: due, against: { ...due, op: "gt" } }],
  }),
];
const FRESH = { theme: "system", density: "comfortable", language: "zh-CN", menu_folded: false, favourites: [] } as const;

beforeEach(() => {
  meta.home = { cards: CARDS, first: ["数目", "要看的"] };
  adopt({ ...FRESH, home: null, favourites: [] });
});
afterEach(() => {
  meta.home = { cards: [], first: [] };
  forgetPerson();
});

const served = (more: Parameters<typeof serve>[0] = {}) =>
  serve({
    "GET /planets/aggregate": ({ query }: { query: URLSearchParams }) => ({
      rows: [{ count: (query.get("filter") ?? "").includes('"gt"') ? 4 : 6 }],
    }),
    "GET /planets": {
      rows: [{ id: 7, name: "火星", born_on: dayjs().subtract(3, "day").format("YYYY-MM-DD"), climate: "cold" }],
      next: "more",
      total: { count: 9, exact: true },
    },
    ...more,
  });
const region = (name: string) => screen.getByRole("region", { name });

test("one begins with the cards of one's standing, and each leads to its records", async () => {
  served();
  draw(<Home />);
  expect(screen.getAllByRole("region").map((one) => one.getAttribute("aria-label"))).toEqual(["数目", "要看的"]);
  expect((await within(region("数目")).findByRole("link")).textContent).toBe("6");
  const list = region("要看的");
  expect((await within(list).findByRole("link", { name: "火星" })).getAttribute("href")).toBe("/planets/7");
  expect(within(list).getByText("逾期 3 天")).toBeTruthy();
  expect(within(list).getByRole("link", { name: "查看全部 9 条" }).getAttribute("href")).toBe(
    `/planets?${new URLSearchParams({ filter: JSON.stringify(due), order: "born_on" }).toString()}`,
  );
});

test("a list that is there in full is not counted by the server, too", async () => {
  const calls = served({ "GET /planets": { rows: [{ id: 7, name: "火星" }], next: null } });
  draw(<Home />);
  expect((await within(region("要看的")).findByRole("link", { name: "要看的：共 1 条" })).textContent).toBe("1");
  expect(calls.filter(({ path }) => path === "/planets")).toHaveLength(1);
});

test("what can be done at once is done where it stands", async () => {
  const calls = served({ "POST /planets/7/cool": { id: 7, version: 2 } });
  draw(<Home />);
  await userEvent.click(await screen.findByRole("button", { name: "冷却“火星”" }));
  await waitFor(() => expect(calls.some(({ method, path }) => method === "POST" && path === "/planets/7/cool")).toBe(true));
  expect(await screen.findByText("已冷却“火星”")).toBeTruthy();
  expect(screen.queryByRole("button", { name: "冷却“火星”" })).toBeNull();
});

test("a figure stands beside what it was before", async () => {
  adopt({ ...FRESH, home: ["本月"], favourites: [] });
  served();
  draw(<Home />);
  const row = await within(region("本月")).findByRole("row", { name: /新星/ });
  await waitFor(() =>
    expect(
      within(row)
        .getAllByRole("cell")
        .map(({ textContent }) => textContent),
    ).toEqual(["6", "4", "↑ 50%"]),
  );
});

test("what waits for me stands there with who asked, and leads to it", async () => {
  const told = {
    id: 4,
    title: "高铁往返",
    what: "提交报销",
    requester: { id: 2, label: "郑凯" },
    facts: [{ label: "金额", text: "¥300" }],
    due_at: null,
    created_at: "2026-01-02T09:10:00+08:00",
  };
  const ending = {
    id: 8,
    collection: "planets",
    record: { id: 7, label: "火星" },
    label: "释放到公共池",
    about: "",
    due_at: dayjs().add(2, "day").toISOString(),
    last_day: dayjs().add(2, "day").format("YYYY-MM-DD"),
    state: "running",
  };
  meta.home = {
    cards: [card("待批", { type: "approvals", limit: 1 }), card("快到期", { type: "deadlines" })],
    first: ["待批", "快到期"],
  };
  const calls = served({
    "GET /approvals": { rows: [told, { ...told, id: 5 }], next: null, waiting: 2 },
    "GET /clocks": { rows: [ending], next: null },
  });
  draw(<Home />);
  const one = await within(region("待批")).findByRole("link", { name: /高铁往返.*提交报销 · 郑凯 · ¥300/ });
  expect(one.getAttribute("href")).toBe("/approvals/4");
  expect(within(region("待批")).getByRole("link", { name: "查看全部 2 条" })).toBeTruthy();
  expect((await within(region("快到期")).findByRole("link", { name: /火星/ })).getAttribute("href")).toBe("/planets/7");
  expect(within(region("快到期")).getByText("后天")).toBeTruthy();
  expect(Object.fromEntries(calls.find(({ path }) => path === "/clocks")?.query ?? [])).toEqual({ mine: "1", due: "7" });
});

test("a goal shows how much of it is reached", async () => {
  meta.home = { cards: [card("目标", { type: "progress", reached: "mass", goal: "radius", coming: "mass" })], first: ["目标"] };
  served({ "GET /planets": { rows: [{ id: 7, name: "火星", mass: "60.00", radius: "80.00" }], next: null } });
  draw(<Home />);
  const goal = await within(region("目标")).findByRole("link", { name: /火星/ });
  expect([goal.getAttribute("href"), goal.textContent]).toEqual(["/planets/7", "火星75%60 / 80"]);
});

test("cards are added, taken away and put back, and the server keeps the order", async () => {
  const calls = served({ "PATCH /preferences": { ...FRESH, home: null } });
  draw(<Home />);
  await userEvent.click(screen.getByRole("button", { name: "调整" }));
  await userEvent.click(await screen.findByRole("button", { name: "移除“数目”" }));
  await userEvent.click(screen.getByRole("button", { name: "添加卡片" }));
  await userEvent.click(await screen.findByRole("menuitem", { name: "本月" }));
  expect(screen.getAllByRole("region").map((one) => one.getAttribute("aria-label"))).toEqual(["要看的", "本月"]);
  await userEvent.click(screen.getByRole("button", { name: "恢复默认" }));
  const bodies = () => calls.filter(({ method }) => method === "PATCH").map(({ body }) => body);
  await waitFor(() => expect(bodies()).toEqual([{ home: ["要看的"] }, { home: ["要看的", "本月"] }, { home: null }]));
});

test("a pinned report stands among the cards, and others can be added", async () => {
  const FIGURES = {
    name: "每周成交",
    collection: "planets",
    label: "行星",
    picture: "table",
    goal: null,
    row_fields: [],
    column_fields: [],
    measures: [],
    filter: null,
    dated: false,
    rows: [],
    columns: [],
    cells: [],
    row_totals: [],
    column_totals: [],
    total: [],
    left_out: 0,
  };
  adopt({ ...FRESH, home: ["数目", "report:12"], favourites: [] });
  meta.objects.reports = { ...meta.objects.planets, collection: "reports" } as Description;
  const calls = served({
    "POST /reports/12/result": FIGURES,
    "POST /reports/13/result": { ...FIGURES, name: "赢单漏斗" },
    "PATCH /preferences": { ...FRESH, home: null },
    "GET /reports": {
      rows: [
        { id: 12, name: "每周成交" },
        { id: 13, name: "赢单漏斗" },
      ],
      next: null,
    },
  });
  draw(<Home />);
  expect((await screen.findByRole("link", { name: "每周成交" })).getAttribute("href")).toBe("/reports/12");
  await userEvent.click(screen.getByRole("button", { name: "调整" }));
  await userEvent.click(await screen.findByRole("button", { name: "添加卡片" }));
  await userEvent.click(await screen.findByRole("menuitem", { name: "赢单漏斗" }));
  expect(await screen.findByRole("button", { name: "移除“赢单漏斗”" })).toBeTruthy();
  await waitFor(() =>
    expect(calls.findLast(({ method }) => method === "PATCH")?.body).toEqual({ home: ["数目", "report:12", "report:13"] }),
  );
  delete meta.objects.reports;
});

test("a card that is no longer offered leaves no hole", () => {
  expect(standingCards({ cards: CARDS, first: [] }, ["本月", "不见了", "数目"]).map(({ name }) => name)).toEqual([
    "本月",
    "数目",
  ]);
});

test("a moved card takes the place of the one it is dropped on", () => {
  expect([moved(["a", "b", "c"], "a", "c"), moved(["a", "b", "c"], "c", "a"), moved(["a"], "x", "a")]).toEqual([
    ["b", "c", "a"],
    ["c", "a", "b"],
    ["a"],
  ]);
});

test("days are told by how far they are", () => {
  const now = dayjs("2026-11-22T10:00");
  expect(
    ["2026-11-20", "2026-11-22", "2026-11-25", "2026-12-08", "2027-01-03", "2026-10-01", "2026-03-01"].map((day) =>
      nearDay(day, now),
    ),
  ).toEqual(["前天", "今天", "3 天后", "12月8日", "2027年1月3日", "52 天前", "3月1日"]);
  expect([dueDay("2026-11-19", now), dueDay("2026-11-22", now)]).toEqual(["逾期 3 天", "今天"]);
});

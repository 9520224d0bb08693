import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, test } from "vitest";
import type { Preferences } from "../client/desk";
import type { Hit } from "../client/search";
import { draw } from "../testing/render";
import { serve } from "../testing/server";
import { answers } from "./commands";
import { stillTrue } from "./findings";
import { adopt, forgetPerson, prefer, preferred } from "./preferences";
import { Shell } from "./Shell";
import { forgetVisits, placeOf, remember } from "./visits";

const QUIET = {
  "GET /changes": { last: 1, changed: {}, everything: false, unread: 0, revision: 1 },
  "GET /saved-views": { rows: [{ id: 4, name: "热的", collection: "planets", query: "q=hot" }], next: null },
};
const FRESH: Preferences = {
  theme: "system",
  density: "comfortable",
  language: "zh-CN",
  menu_folded: false,
  home: null,
  favourites: [],
};
const hit = (id: number, title: string): Hit => ({
  id,
  title,
  subtitle: "",
  matched: [{ field: "name", label: "星名", text: title, spans: [[0, 1]] }],
});

beforeEach(() => {
  forgetVisits();
  adopt(FRESH);
  return () => {
    forgetPerson();
    prefer(FRESH);
  };
});

test("what is preferred is shown at once and told to the server, one after the other", async () => {
  const calls = serve({ "PATCH /preferences": FRESH });
  prefer({ theme: "dark" });
  prefer({ density: "compact" });
  expect(preferred()).toMatchObject({ theme: "dark", density: "compact" });
  await waitFor(() => expect(calls.map(({ body }) => body)).toEqual([{ theme: "dark" }, { density: "compact" }]));
});

test("before anybody has signed in a preference stays in this browser", () => {
  const calls = serve({});
  forgetPerson();
  prefer({ theme: "dark" });
  expect(JSON.parse(localStorage.getItem("zhike:looks") ?? "")).toMatchObject({ theme: "dark" });
  expect(calls).toEqual([]);
});

test("a favourite stands in the menu and can be dropped there", async () => {
  const calls = serve({ ...QUIET, "PATCH /preferences": FRESH });
  adopt({ ...FRESH, favourites: [{ to: "/planets/7", label: "火星" }] });
  draw(<Shell>正文</Shell>);
  const group = screen.getByRole("group", { name: "收藏" });
  expect(within(group).getByRole("link", { name: "火星" }).getAttribute("href")).toBe("/planets/7");
  await userEvent.click(within(group).getByRole("button", { name: "取消收藏“火星”" }));
  expect(screen.queryByRole("group", { name: "收藏" })).toBeNull();
  await waitFor(() => expect(calls.find(({ method }) => method === "PATCH")?.body).toEqual({ favourites: [] }));
});

test("the palette begins with where one was last, and leaves out what one may no longer see", async () => {
  serve(QUIET);
  remember({ to: "/comets/1", label: "哈雷", by: "kepler" });
  remember({ to: "/planets/7", label: "火星", by: "kepler" });
  remember({ to: "/planets/8", label: "别人的", by: "newton" });
  draw(<Shell>正文</Shell>);
  await userEvent.keyboard("{Control>}k{/Control}");
  const options = within(within(await screen.findByRole("listbox")).getByRole("group", { name: "最近访问" })).getAllByRole(
    "option",
  );
  expect(options.map(({ textContent }) => textContent)).toEqual(["火星行星"]);
});

test("C offers what can be created, by keyboard alone", async () => {
  serve(QUIET);
  draw(<Shell>正文</Shell>);
  await userEvent.keyboard("c");
  expect(
    within(await screen.findByRole("listbox"))
      .getAllByRole("option")
      .map(({ textContent }) => textContent),
  ).toEqual(["新建行星", "新建恒星"]);
  await userEvent.keyboard("恒{Enter}");
  expect(screen.queryByRole("listbox")).toBeNull();
  expect(await screen.findByText("新建恒星")).toBeTruthy();
});

test("letters typed into a field are letters", async () => {
  serve(QUIET);
  draw(
    <Shell>
      <input aria-label="名称" />
    </Shell>,
  );
  await userEvent.type(screen.getByLabelText("名称"), "c?");
  expect(screen.queryByRole("listbox")).toBeNull();
  await userEvent.click(document.body);
  await userEvent.keyboard("?");
  expect(await screen.findByRole("dialog", { name: "快捷键" })).toBeTruthy();
});

test("Enter before the answer opens the first that is found, not what stood there", async () => {
  serve({ ...QUIET, "GET /search": { groups: [{ collection: "planets", label: "行星", rows: [hit(3, "金星")] }] } });
  const { router } = draw(<Shell>正文</Shell>);
  await userEvent.keyboard("{Control>}k{/Control}");
  await screen.findByRole("listbox");
  await userEvent.keyboard("金星{Enter}");
  await waitFor(() => expect(router.state.location.pathname).toBe("/planets/3"));
});

test("views are found by name", async () => {
  serve({ ...QUIET, "GET /search": { groups: [] } });
  draw(<Shell>正文</Shell>);
  await userEvent.keyboard("{Control>}k{/Control}");
  await screen.findByRole("listbox");
  await userEvent.keyboard("热");
  expect(await screen.findByRole("option", { name: "行星：热的" })).toBeTruthy();
});

test("of an answer to fewer letters only what fits more letters stays", () => {
  const groups = [
    { collection: "planets", label: "行星", rows: [hit(1, "火星"), hit(2, "火卫一")] },
    { collection: "stars", label: "恒星", rows: [hit(3, "火鸟")] },
  ];
  expect(stillTrue(groups, "火星").map(({ rows }) => rows.map(({ title }) => title))).toEqual([["火星"]]);
});

test("an entry answers to its words and to its other names", () => {
  expect([
    answers("新建", { shown: "新建行星" }),
    answers("PLAN", { shown: "行星", also: "planets" }),
    answers("lanets", { shown: "行星", also: "planets" }),
  ]).toEqual([true, true, false]);
});

test("an address says which record or list it shows", () => {
  expect([placeOf("/planets/12"), placeOf("/planets?q=x"), placeOf("/")]).toEqual([
    { collection: "planets", record: "12" },
    { collection: "planets", record: null },
    null,
  ]);
});

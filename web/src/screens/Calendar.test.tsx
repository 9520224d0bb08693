import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import dayjs from "dayjs";
import { expect, test } from "vitest";
import { planets } from "../testing/planets";
import { draw } from "../testing/render";
import { serve } from "../testing/server";
import Calendar from "./Calendar";
import { useListState } from "./list/state";

const ROWS = [
  { id: 5, version: 3, name: "水星", born_on: "2026-11-22", phase: "dust" },
  { id: 6, version: 1, name: "金星", born_on: "2026-11-03", phase: "alive" },
];
const tickable = { ...planets, tick: "settle" };

function Screen() {
  const [state, change] = useListState(tickable);
  return <Calendar object={tickable} state={state} change={change} />;
}

const open = (settings = "") => draw(<Screen />, { at: `/planets?calendar.at=2026-11-22${settings}`, path: "/planets" });

test("a month asks for its days under the filter of the list, and shows each record on its own", async () => {
  const filter = JSON.stringify({ field: "climate", op: "eq", value: "hot" });
  const calls = serve({ "GET /planets": { rows: ROWS, next: null } });
  open(`&filter=${encodeURIComponent(filter)}`);
  const cell = await screen.findByRole("group", { name: "11月22日" });
  expect(await screen.findByRole("button", { name: "水星" })).toBeTruthy();
  expect(cell.textContent).toContain("水星");
  expect(JSON.parse(calls[0]?.query.get("filter") ?? "")).toEqual({
    and: [
      { field: "climate", op: "eq", value: "hot" },
      { field: "born_on", op: "between", value: ["2026-10-26", "2026-12-06"] },
    ],
  });
});

test("a click on a day begins a record on it", async () => {
  serve({ "GET /planets": { rows: [], next: null } });
  open();
  await userEvent.click(await screen.findByRole("button", { name: "在11月25日新建" }));
  expect(await screen.findByRole("dialog")).toBeTruthy();
});

test("a tick takes the action the object names, in place", async () => {
  const calls = serve({ "GET /planets": { rows: ROWS, next: null }, "POST /planets/5/settle": { ...ROWS[0], phase: "alive" } });
  open("&calendar.span=agenda");
  await userEvent.click(await screen.findByRole("checkbox", { name: "移民“水星”" }));
  expect(await screen.findByText("已移民“水星”")).toBeTruthy();
  expect(calls.find(({ method }) => method === "POST")?.body).toEqual({});
  expect(screen.getByRole<HTMLInputElement>("checkbox", { name: "移民“金星”" }).disabled).toBe(true);
});

test("an agenda that opened at today can be left again", async () => {
  serve({ "GET /planets": { rows: [{ ...ROWS[0], born_on: dayjs().format("YYYY-MM-DD") }], next: null } });
  const { unmount } = draw(<Screen />, { at: "/planets?calendar.span=agenda", path: "/planets" });
  await screen.findByRole("button", { name: "水星" });
  unmount();
  expect(screen.queryByText("页面出了错")).toBeNull();
});

test("the days and the field are in the address", async () => {
  serve({ "GET /planets": { rows: ROWS, next: null } });
  const { router } = open();
  await userEvent.click(await screen.findByText("周"));
  expect(router.state.location.search).toContain("calendar.span=week");
  await userEvent.click(screen.getByRole("button", { name: "往后" }));
  expect(router.state.location.search).toContain("calendar.at=2026-11-29");
});

import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { draw } from "../testing/render";
import { serve } from "../testing/server";
import Deadlines from "./Deadlines";

const CLOCK = {
  id: 7,
  label: "录入时限",
  about: "补全资料",
  state: "running",
  collection: "planets",
  record: { id: 3, label: "水星" },
  person: { id: 2, label: "王珊" },
  due_at: "2026-11-30T16:00:00+00:00",
  last_day: "2026-11-30",
  over: false,
  may_pause: true,
};
const HERS = { ...CLOCK, id: 8, record: { id: 4, label: "金星" }, over: true, state: "over", may_pause: false };

test("what runs out is told with its last day, and its time is stopped for a reason", async () => {
  const calls = serve({ "GET /clocks": { rows: [HERS, CLOCK], next: null }, "POST /clocks/7/pause": {} });
  draw(<Deadlines />, { at: "/deadlines", path: "/deadlines" });
  expect(await screen.findByText("已到期")).toBeTruthy();
  expect(screen.getAllByText("2026-11-30")).toHaveLength(2);
  expect(screen.queryByRole("button", { name: "暂停“金星”的录入时限" })).toBeNull();
  await userEvent.click(screen.getByRole("button", { name: "暂停“水星”的录入时限" }));
  const dialog = await screen.findByRole("dialog");
  await userEvent.type(within(dialog).getByRole("textbox"), "客户休假");
  await userEvent.click(within(dialog).getByRole("button", { name: /^暂/ }));
  expect(calls.find(({ method, path }) => method === "POST" && path === "/clocks/7/pause")?.body).toEqual({ reason: "客户休假" });
});

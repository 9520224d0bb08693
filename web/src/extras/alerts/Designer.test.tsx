import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import type { Description, RecordRow } from "../../client/types";
import { draw } from "../../testing/render";
import { meta } from "../../testing/planets";
import { serve } from "../../testing/server";
import Designer from "./Designer";

const planets = meta.objects.planets as Description;
const rules = { group: "owner", measure: "sum:price", levels: [{ level: "red", threshold: "500" }], who: [{ by: "owner" }] };
const record = {
  id: 3,
  version: 4,
  collection: "planets",
  is_active: true,
  definition: JSON.stringify(rules),
  may: { change: true },
} as unknown as RecordRow;

test("before it is switched on it is tested on the past, with what cannot be known", async () => {
  const told = {
    from: "2026-10-01",
    to: "2026-10-31",
    raised: 37,
    levels: [{ level: "red", label: "红色·严重", count: 37 }],
    days: [{ day: "2026-10-09", count: 37 }],
    examples: [],
    now: 2,
    knows: "之后改过的字段看不到。",
    notes: [],
  };
  const calls = serve({ "GET /channels/options": { rows: [], next: null }, "POST /alert-rules/back-test": told });
  draw(<Designer object={{ ...planets, collection: "alert-rules" }} record={record} />);
  await userEvent.click(await screen.findByRole("button", { name: /回\s?测/ }));
  expect(await screen.findByText(/次预警（2026-10-01 至 2026-10-31），其中 红色·严重 37；现在有 2 件超限。/)).toBeTruthy();
  expect(screen.getByText("之后改过的字段看不到。")).toBeTruthy();
  expect(calls.find(({ method }) => method === "POST")?.body).toEqual({
    collection: "planets",
    definition: rules,
    period: "last_month",
  });
});

test("over many records the test is a job whose progress is shown until its result is there", async () => {
  const told = {
    from: "2026-10-01",
    to: "2026-10-31",
    raised: 37,
    levels: [],
    days: [],
    examples: [],
    now: 2,
    knows: "之后改过的字段看不到。",
    notes: [],
  };
  const job = {
    id: 8,
    kind: "back_test",
    label: "回测",
    state: "running",
    done: 12,
    total: 31,
    log: [],
    result: {},
    error: null,
    files: [],
  };
  let asked = 0;
  serve({
    "GET /channels/options": { rows: [], next: null },
    "POST /alert-rules/back-test": { ...job, state: "waiting", done: 0 },
    "GET /jobs/8": () => (asked++ === 0 ? job : { ...job, state: "done", done: 31, result: told }),
  });
  draw(<Designer object={{ ...planets, collection: "alert-rules" }} record={record} />);
  await userEvent.click(await screen.findByRole("button", { name: /回\s?测/ }));
  expect(await screen.findByText("12 / 31")).toBeTruthy();
  expect(screen.getByRole("progressbar", { name: "进度" })).toBeTruthy();
  expect(
    await screen.findByText(/次预警（2026-10-01 至 2026-10-31），其中 没有一次；现在有 2 件超限。/, {}, { timeout: 3000 }),
  ).toBeTruthy();
  expect(screen.queryByText("12 / 31")).toBeNull();
});

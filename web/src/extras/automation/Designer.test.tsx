import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import type { Description, RecordRow } from "../../client/types";
import { draw } from "../../testing/render";
import { meta } from "../../testing/planets";
import { serve } from "../../testing/server";
import Designer from "./Designer";

const planets = meta.objects.planets as Description;
const automations: Description = { ...planets, collection: "automations" };
const rules = {
  when: { on: "changed", fields: ["climate"] },
  do: [
    { do: "notify", who: [{ by: "owner" }], text: "{name}变了" },
    { do: "act", action: "cool" },
  ],
};
const record = {
  id: 3,
  version: 4,
  collection: "planets",
  is_active: false,
  definition: JSON.stringify(rules, null, 1),
  may: { change: true },
} as unknown as RecordRow;

test("the things to do are put in order and the whole is saved", async () => {
  const calls = serve({ "GET /channels/options": { rows: [], next: null }, "PATCH /automations/3": { id: 3, version: 5 } });
  draw(<Designer object={automations} record={record} />);
  expect(await screen.findByRole("button", { name: "保存规则" })).toHaveProperty("disabled", true); // the same with other spaces is nothing new
  await userEvent.click(await screen.findByRole("button", { name: "上移第 2 件事" }));
  await userEvent.click(screen.getByRole("button", { name: "保存规则" }));
  await waitFor(() => expect(calls.some(({ method }) => method === "PATCH")).toBe(true));
  const sent = calls.find(({ method }) => method === "PATCH")?.body as { version: number; definition: string };
  expect(sent.version).toBe(4);
  expect((JSON.parse(sent.definition) as typeof rules).do.map((step) => step.do)).toEqual(["act", "notify"]);
});

test("a trial says what would have happened and why some would not", async () => {
  const steps = [
    { label: "通知", done: 7, refused: [], notes: ["不告知王芳：无权查看 2 条行星，或其中用到的字段"] },
    { label: "执行“冷却”", done: 6, refused: [{ id: 9, reason: "已经是“熔岩”" }], notes: [] },
  ];
  const calls = serve({
    "GET /channels/options": { rows: [], next: null },
    "POST /automations/rehearse": {
      from: "2026-10-01",
      to: "2026-10-31",
      now: false,
      count: 7,
      tried: 7,
      examples: [{ id: 9, label: "火星" }],
      steps,
      error: "",
    },
  });
  draw(<Designer object={automations} record={record} />);
  await userEvent.click(await screen.findByRole("button", { name: "试运行" }));
  expect(await screen.findByText("2026-10-01 至 2026-10-31 会涉及 7 条。")).toBeTruthy();
  expect(screen.getByText(/1 条做不成：已经是“熔岩”/)).toBeTruthy();
  expect(screen.getByText("不告知王芳：无权查看 2 条行星，或其中用到的字段")).toBeTruthy();
  expect(calls.find(({ method }) => method === "POST")?.body).toEqual({
    collection: "planets",
    definition: rules,
    period: "last_30_days",
  });
});

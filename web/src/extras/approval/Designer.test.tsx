import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import type { Description, RecordRow } from "../../client/types";
import { draw } from "../../testing/render";
import { meta } from "../../testing/planets";
import { serve } from "../../testing/server";
import Designer from "./Designer";

const planets = meta.objects.planets as Description;
const policies: Description = { ...planets, collection: "approval-policies" };
const rules = { steps: [{ name: "主管", who: [{ by: "head", level: 1 }], rule: "any" }] };
const record = {
  id: 3,
  version: 4,
  collection: "planets",
  verb: "add",
  is_active: true,
  definition: JSON.stringify(rules),
  may: { change: true },
} as unknown as RecordRow;

test("a step is added below the last one and the whole is saved", async () => {
  const calls = serve({ "PATCH /approval-policies/3": { id: 3, version: 5 } });
  draw(<Designer object={policies} record={record} />);
  await userEvent.click(await screen.findByRole("button", { name: /加一步/ }));
  const second = within(screen.getByRole("group", { name: "第 2 步" }));
  const name = second.getByRole("textbox", { name: "第 2 步的名称" });
  await userEvent.clear(name);
  await userEvent.type(name, "总裁");
  await userEvent.click(screen.getByRole("button", { name: "上移第 2 步" }));
  await userEvent.click(screen.getByRole("button", { name: "保存流程" }));
  await waitFor(() => expect(calls.some(({ method }) => method === "PATCH")).toBe(true));
  const sent = calls.find(({ method }) => method === "PATCH")?.body as { version: number; definition: string };
  expect(sent.version).toBe(4);
  expect((JSON.parse(sent.definition) as typeof rules).steps.map((step) => step.name)).toEqual(["总裁", "主管"]);
});

test("before it is switched on it is tried on what was done before", async () => {
  const calls = serve({
    "POST /approval-policies/simulate": {
      period: { from: "2026-07-01", to: "2026-09-30" },
      deeds: 40,
      held: 7,
      free: 0,
      knows: "按当时的内容判断。",
      notes: [],
      routes: [{ steps: ["主管"], count: 7, examples: [{ id: 9, label: "火星", people: [["钱星"]], problem: "" }] }],
    },
  });
  draw(<Designer object={policies} record={record} />);
  await userEvent.click(await screen.findByRole("button", { name: /模\s?拟/ }));
  expect(await screen.findByText("2026-07-01 至 2026-09-30 共 40 次，其中 7 次要审批。")).toBeTruthy();
  expect(calls[0]?.body).toEqual({ collection: "planets", verb: "add", definition: rules, period: "last_quarter" });
});

test("a role that came with the product by its code is called by its name", async () => {
  const who = [{ by: "role", role: "administrator" }];
  const coded = { ...record, definition: JSON.stringify({ steps: [{ name: "管理员", who, rule: "any" }] }) };
  const calls = serve({ "GET /roles": { rows: [{ id: 13, name: "系统管理员" }], next: null } });
  draw(<Designer object={policies} record={coded} />);
  expect(await screen.findByText("系统管理员")).toBeTruthy();
  expect(JSON.parse(calls[0]?.query.get("filter") ?? "")).toEqual({ field: "code", op: "eq", value: "administrator" });
});

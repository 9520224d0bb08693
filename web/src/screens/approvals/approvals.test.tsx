import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import type { Request, WholeRequest } from "../../client/approvals";
import { draw } from "../../testing/render";
import { serve } from "../../testing/server";
import Inbox from "./Inbox";
import RequestPage from "./RequestPage";

const request = (id: number, title: string, more: Partial<Request> = {}): Request => ({
  id,
  policy: "改气候",
  policy_version: 1,
  collection: "planets",
  object: "行星",
  record: 7,
  title,
  deed: "修改",
  what: "修改行星",
  changes: [{ field: "climate", label: "气候", old: "寒冷", new: "炎热" }],
  facts: [{ label: "轨道", text: "第三" }],
  state: "pending",
  reason: "",
  requester: { id: 2, label: "赵星" },
  created_at: "2026-11-20T09:00:00+08:00",
  due_at: null,
  finished_at: null,
  step: "主管",
  asked: [{ id: 1, label: "钱星" }],
  may: ["approve", "disagree", "return", "delegate", "add-signer"],
  ...more,
});
const whole: WholeRequest = {
  ...request(5, "火星"),
  steps: [
    {
      place: 0,
      name: "主管",
      rule: "any",
      limit: null,
      now: true,
      choose: false,
      people: [{ id: 1, label: "钱星", state: "open" }],
    },
  ],
  log: [
    { at: "2026-11-20T09:00:00+08:00", actor: { id: 2, label: "赵星" }, deed: "submit", step: "主管", opinion: "", files: [] },
  ],
};

test("what waits is read at a glance, and many are answered at once", async () => {
  const calls = serve({
    "GET /approvals": { rows: [request(5, "火星"), request(6, "木星")], next: null, waiting: 2 },
    "POST /approvals/batch": { done: [5, 6], refused: [] },
  });
  draw(<Inbox />);
  await userEvent.click(await screen.findByRole("checkbox", { name: "选择“火星”" }));
  await userEvent.click(screen.getByRole("checkbox", { name: "选择“木星”" }));
  expect(screen.getAllByText("寒冷")).toHaveLength(2);
  const batch = within(screen.getByRole("group", { name: "批量审批" }));
  expect(batch.getByRole("button", { name: /不\s?同\s?意/ })).toHaveProperty("disabled", true);
  await userEvent.click(batch.getByRole("button", { name: /^同\s?意$/ }));
  await waitFor(() =>
    expect(calls.find(({ method }) => method === "POST")?.body).toEqual({ ids: [5, 6], deed: "approve", opinion: "" }),
  );
  expect(await screen.findByText("已同意 2 个申请")).toBeTruthy();
});

test("a request shows old and new side by side; turning it down needs a reason", async () => {
  const calls = serve({ "GET /approvals/5": whole, "POST /approvals/5/disagree": whole });
  draw(<RequestPage />, { at: "/approvals/5", path: "/approvals/:id" });
  expect(await screen.findByRole("columnheader", { name: "改为" })).toBeTruthy();
  expect(screen.getByRole("row", { name: "气候 寒冷 炎热" })).toBeTruthy();
  await userEvent.click(screen.getByRole("button", { name: /^不\s?同\s?意$/ }));
  const dialog = within(await screen.findByRole("dialog"));
  const answer = dialog.getByRole("button", { name: /^不\s?同\s?意$/ });
  expect(answer).toHaveProperty("disabled", true);
  await userEvent.type(dialog.getByRole("textbox", { name: "意见" }), "太热了");
  await userEvent.click(answer);
  await waitFor(() => expect(calls.find(({ method }) => method === "POST")?.body).toEqual({ opinion: "太热了" }));
});

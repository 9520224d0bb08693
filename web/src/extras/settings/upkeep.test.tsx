import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import type { MailState } from "../../client/upkeep";
import { draw } from "../../testing/render";
import { serve } from "../../testing/server";
import Mail from "./Mail";
import Mappings from "./Mappings";

const state: MailState = {
  configured: true,
  host: "smtp.example.com",
  port: 587,
  security: "starttls",
  user: "crm",
  sender: "crm@example.com",
  my_address: "me@example.com",
  last_sent: "2026-03-01T08:00:00+08:00",
  last_error: { at: "2026-03-02T08:00:00+08:00", label: "邮件发送报表“日报”", error: "邮件服务器没有接受" },
};

test("what went wrong last is said until a mail goes out again, and can be tried", async () => {
  const calls = serve({ "GET /mail": state, "POST /mail": { id: 12 } });
  draw(<Mail />);
  expect(await screen.findByText(/邮件服务器没有接受/)).toBeTruthy();
  await userEvent.click(screen.getByRole("button", { name: "给自己发一封测试邮件" }));
  await waitFor(() => expect(calls.some(({ method }) => method === "POST")).toBe(true));
  expect(await screen.findByRole("link", { name: "查看结果" })).toHaveProperty("pathname", "/jobs/12");
});

test("without a server it says how to set one up", async () => {
  serve({ "GET /mail": { ...state, configured: false } });
  draw(<Mail />);
  expect(await screen.findByText(/ZHIKE_SMTP_HOST=/)).toBeTruthy();
});

test("a saved mapping is deleted after asking; those of the product stay", async () => {
  const rows = [
    {
      id: 5,
      name: "老系统",
      collection: "planets",
      mapping: { columns: { 名称: {}, 气候: {} } },
      owner: { id: 1, label: "开普勒" },
    },
    { id: 6, name: "样例", collection: "planets", mapping: { columns: {} }, owner: null },
  ];
  const calls = serve({ "GET /import-mappings": { rows }, "DELETE /import-mappings/5": null });
  draw(<Mappings />);
  expect(within(await screen.findByRole("region", { name: "行星" })).getAllByRole("button")).toHaveLength(1);
  await userEvent.click(screen.getByRole("button", { name: "删除“老系统”" }));
  await userEvent.click(within(screen.getByRole("dialog")).getByRole("button", { name: /删\s?除/ }));
  await waitFor(() => expect(calls.some(({ method, path }) => method === "DELETE" && path === "/import-mappings/5")).toBe(true));
});

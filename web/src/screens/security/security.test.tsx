import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { draw } from "../../testing/render";
import { Refusal, serve } from "../../testing/server";
import Security from "./Security";

const here = {
  id: 1,
  device: "Edge · Windows",
  address: "10.0.0.7",
  started_at: "2026-03-01T09:00:00+08:00",
  used_at: "2026-03-01T10:00:00+08:00",
  current: true,
};
const rest = {
  "GET /session/two-step": { required: false, app: null, recovery_left: 0, passkeys: [] },
  "GET /session/identities": { available: false, rows: [], problem: "" },
  "GET /session/changes": {
    rows: [{ id: 1, at: "2026-03-01T09:00:00+08:00", deed: "关联了统一身份", about: "wang@example.com", by: null }],
  },
};
const phone = { ...here, id: 2, device: "微信 · iPhone", address: null, current: false };

test("one's own devices are told apart, and a strange one is signed out", async () => {
  let standing = [here, phone];
  const calls = serve({
    ...rest,
    "GET /tokens": { rows: [], most_days: 365 },
    "GET /sessions": () => ({ rows: standing }),
    "DELETE /sessions/2": () => {
      standing = [here];
      return null;
    },
  });
  draw(<Security />);
  const devices = await screen.findByRole("region", { name: "登录的设备" });
  expect(within(devices).getByText("当前")).toBeTruthy();
  expect(within(devices).queryByRole("button", { name: "退出 Edge · Windows" })).toBeNull();
  await userEvent.click(within(devices).getByRole("button", { name: "退出 微信 · iPhone" }));
  expect(await screen.findByText("该设备已退出")).toBeTruthy();
  expect(within(devices).queryByText("微信 · iPhone")).toBeNull();
  expect(calls.filter(({ method }) => method === "DELETE").map(({ path }) => path)).toEqual(["/sessions/2"]);
  expect(within(screen.getByRole("region", { name: "登录方式记录" })).getByRole("listitem").textContent).toMatch(
    /^关联了统一身份 wang@example\.com2026-03-01 .* · 系统$/,
  );
});

test("a token is made as narrow as it will do, and told once", async () => {
  let rows: object[] = [];
  const made = {
    id: 5,
    name: "ERP",
    reads_only: true,
    collections: ["planets"],
    created_at: here.started_at,
    expires_at: "2026-06-01T00:00:00+08:00",
    used_at: null,
    over: false,
  };
  const calls = serve({
    ...rest,
    "GET /sessions": { rows: [here] },
    "GET /tokens": () => ({ rows, most_days: 365 }),
    "POST /tokens": ({ body }) => {
      if ((body as { password?: string }).password !== "secret")
        return new Refusal(422, {
          code: "invalid",
          message: "密码：请再输入一次登录密码",
          fields: { password: "请再输入一次登录密码" },
        });
      rows = [made];
      return { token: "zk_told_once" };
    },
  });
  draw(<Security />);
  await userEvent.click(await screen.findByRole("button", { name: "新建令牌" }));
  await userEvent.type(screen.getByLabelText("给哪个程序用"), "ERP");
  await userEvent.click(screen.getByRole("button", { name: /新\s?建$/ }));
  await userEvent.type(await screen.findByLabelText("登录密码"), "secret");
  await userEvent.click(screen.getByRole("button", { name: /继\s?续/ }));
  expect(await screen.findByText("zk_told_once")).toBeTruthy();
  const wanted = { name: "ERP", reads_only: true, collections: [], days: 90 };
  expect(calls.filter(({ method }) => method === "POST").map(({ body }) => body)).toEqual([
    wanted,
    { ...wanted, password: "secret" },
  ]);
  await userEvent.click(screen.getByRole("button", { name: "我已保存" }));
  const tokens = await screen.findByRole("region", { name: "接口令牌" });
  expect(await within(tokens).findByText("ERP")).toBeTruthy();
  expect(screen.queryByText("zk_told_once")).toBeNull();
});

import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { draw } from "../../testing/render";
import { serve } from "../../testing/server";
import Security from "./Security";

const here = { id: 1, device: "Edge · Windows", address: "10.0.0.7", started_at: "2026-03-01T09:00:00+08:00", used_at: "2026-03-01T10:00:00+08:00", current: true };
const phone = { ...here, id: 2, device: "微信 · iPhone", address: null, current: false };

test("one's own devices are told apart, and a strange one is signed out", async () => {
  let standing = [here, phone];
  const calls = serve({ "GET /sessions": () => ({ rows: standing }), "DELETE /sessions/2": () => { standing = [here]; return null; } });
  draw(<Security />);
  const devices = await screen.findByRole("region", { name: "登录的设备" });
  expect(within(devices).getByText("当前")).toBeTruthy();
  expect(within(devices).queryByRole("button", { name: "退出 Edge · Windows" })).toBeNull();
  await userEvent.click(within(devices).getByRole("button", { name: "退出 微信 · iPhone" }));
  expect(await screen.findByText("该设备已退出")).toBeTruthy();
  expect(within(devices).queryByText("微信 · iPhone")).toBeNull();
  expect(calls.filter(({ method }) => method === "DELETE").map(({ path }) => path)).toEqual(["/sessions/2"]);
});

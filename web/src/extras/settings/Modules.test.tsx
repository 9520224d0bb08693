import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import type { Module } from "../../client/modules";
import { draw } from "../../testing/render";
import { Refusal, serve } from "../../testing/server";
import Modules from "./Modules";

const orbits: Module = {
  name: "orbits",
  label: "轨道",
  enabled: true,
  objects: [{ collection: "orbits", label: "轨道" }],
  needs: [],
  needed_by: [{ name: "probes", label: "探测", enabled: true }],
  last: null,
};
const probes: Module = {
  name: "probes",
  label: "探测",
  enabled: true,
  objects: [
    { collection: "probes", label: "探测器" },
    { collection: "launches", label: "发射" },
  ],
  needs: [{ name: "orbits", label: "轨道", enabled: true }],
  needed_by: [],
  last: null,
};
const answers = { "GET /modules": { rows: [orbits, probes] }, "GET /meta": {} };

test("a module is switched off after saying what goes, with a reason", async () => {
  const calls = serve({ ...answers, "POST /modules/probes": { rows: [] } });
  draw(<Modules />);
  await userEvent.click(await screen.findByRole("switch", { name: "启用“探测”" }));
  const dialog = within(screen.getByRole("dialog"));
  expect(dialog.getByText(/^探测器、发射对所有人立即消失/)).toBeTruthy();
  await userEvent.type(dialog.getByRole("textbox"), "今年不发射");
  await userEvent.click(dialog.getByRole("button", { name: /停\s?用/ }));
  await waitFor(() =>
    expect(calls.find(({ method }) => method === "POST")?.body).toEqual({ enabled: false, reason: "今年不发射" }),
  );
});

test("what another module needs cannot be switched off, and says by whom", async () => {
  serve(answers);
  draw(<Modules />);
  expect(await screen.findByRole("switch", { name: "启用“轨道”" })).toHaveProperty("disabled", true);
  expect(screen.getByText("“探测”要用到它，先停用“探测”才能停用它")).toBeTruthy();
});

test("a refusal of the server is said, and the switch stays", async () => {
  serve({ ...answers, "POST /modules/probes": () => new Refusal(409, { code: "refused", message: "还有任务在用", fields: {} }) });
  draw(<Modules />);
  await userEvent.click(await screen.findByRole("switch", { name: "启用“探测”" }));
  await userEvent.click(within(screen.getByRole("dialog")).getByRole("button", { name: /停\s?用/ }));
  expect(await screen.findByText("还有任务在用")).toBeTruthy();
  expect(screen.getByRole("switch", { name: "启用“探测”" }).getAttribute("aria-checked")).toBe("true");
});

import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import type { LaidOption, OptionSet } from "../../client/settings";
import { draw } from "../../testing/render";
import { Refusal, serve } from "../../testing/server";
import Options from "./Options";

const option = (value: string, label: string, more: Partial<LaidOption> = {}): LaidOption => ({
  value,
  label,
  color: "",
  probability: null,
  retired: false,
  kept: "",
  declared: label,
  record: null,
  ...more,
});
const climate: OptionSet = {
  key: "planets.climate",
  label: "行星·气候",
  kind: "choice",
  closed: "",
  weighted: false,
  fields: [],
  options: [
    option("hot", "炎热", { color: "red" }),
    option("cold", "寒冷", { kept: "新记录默认就是它，不能停用" }),
    option("damp", "潮湿", { declared: null, record: { id: 5, version: 2 } }),
  ],
};
const phase: OptionSet = {
  ...climate,
  key: "planets.phase",
  label: "行星·阶段",
  kind: "state",
  closed: "状态由动作推进",
  weighted: true,
  options: [option("dust", "尘埃", { probability: "0.1" })],
};
const answers = {
  "GET /option-sets": { rows: [climate, phase] },
  "GET /meta": {},
  "GET /option-sets/planets.climate/uses/hot": { rows: [{ collection: "planets", label: "行星", count: 12 }] },
};

test("a name is typed over in place: the first change of a declared option makes its record", async () => {
  const calls = serve({ ...answers, "POST /choice-options": { id: 9 } });
  draw(<Options />);
  const name = await screen.findByRole("textbox", { name: "“炎热”的名称" });
  await userEvent.clear(name);
  await userEvent.type(name, "酷热{Enter}");
  await waitFor(() =>
    expect(calls.find(({ method }) => method === "POST")?.body).toEqual({
      field: "planets.climate",
      value: "hot",
      label: "酷热",
    }),
  );
});

test("what was laid over before is changed by its version, colours too", async () => {
  const calls = serve({ ...answers, "PATCH /choice-options/5": { id: 5 } });
  draw(<Options />);
  await userEvent.selectOptions(await screen.findByRole("combobox", { name: "潮湿的颜色" }), "cyan");
  await waitFor(() => expect(calls.find(({ method }) => method === "PATCH")?.body).toEqual({ version: 2, color: "cyan" }));
});

test("an option is added by its name; a set that is closed says why", async () => {
  const calls = serve({ ...answers, "POST /choice-options": { id: 9 } });
  draw(<Options />);
  await userEvent.type(await screen.findByRole("textbox", { name: "新选项的名称" }), "多风{Enter}");
  await waitFor(() =>
    expect(calls.find(({ method }) => method === "POST")?.body).toEqual({ field: "planets.climate", label: "多风" }),
  );
  await userEvent.click(screen.getByRole("button", { name: /行星·阶段/ }));
  expect(await screen.findByText("不能增加选项：状态由动作推进。")).toBeTruthy();
  expect(screen.getByRole<HTMLInputElement>("textbox", { name: "“尘埃”的默认赢率" }).value).toBe("10");
});

test("retiring says how many use it and may give these another", async () => {
  const calls = serve({ ...answers, "POST /option-sets/planets.climate/retire": { id: 31 } });
  draw(<Options />);
  const row = (await screen.findByRole("textbox", { name: "“炎热”的名称" })).closest("li");
  expect(within(row as HTMLElement).getByRole("button", { name: /停\s?用/ })).toBeTruthy();
  await userEvent.click(within(row as HTMLElement).getByRole("button", { name: /停\s?用/ }));
  expect(await screen.findByText("行星 12 条选了它。")).toBeTruthy();
  const dialog = within(screen.getByRole("dialog"));
  await userEvent.click(dialog.getByRole("radio", { name: "保持不变" }));
  await userEvent.click(dialog.getByRole("button", { name: /停\s?用/ }));
  await waitFor(() => expect(calls.find(({ method }) => method === "POST")?.body).toEqual({ value: "hot", to: null }));
});

test("a refusal leaves the row as it was and says why", async () => {
  serve({
    ...answers,
    "POST /choice-options": () => new Refusal(422, { code: "invalid", message: "已有名为“寒冷”的选项", fields: {} }),
  });
  draw(<Options />);
  await userEvent.type(await screen.findByRole("textbox", { name: "新选项的名称" }), "寒冷{Enter}");
  expect(await screen.findByText("已有名为“寒冷”的选项")).toBeTruthy();
  expect(screen.getByTitle("新记录默认就是它，不能停用")).toHaveProperty("disabled", true);
});

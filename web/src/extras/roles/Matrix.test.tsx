import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import type { RoleMatrix } from "../../client/settings";
import { draw } from "../../testing/render";
import { Refusal, serve } from "../../testing/server";
import { changed, differences, granted, inherited } from "./grants";
import Matrix from "./Matrix";

const observer: RoleMatrix = {
  id: 7,
  name: "观测员",
  version: 3,
  may_grant: true,
  grants: { "*": { "*": "self" }, planets: { view: "all" } },
  fields: { planets: { mass: "hidden" } },
  rules: [
    { name: "hidden", label: "隐藏" },
    { name: "masked", label: "掩码" },
    { name: "readonly", label: "只读" },
  ],
  verbs: [
    { name: "view", label: "查看" },
    { name: "add", label: "新建" },
  ],
  objects: [
    {
      collection: "planets",
      label: "行星",
      group: "天文",
      verbs: ["view", "export"],
      actions: [{ name: "cool", label: "冷却" }],
      fields: [{ name: "mass", label: "质量", rules: ["hidden", "readonly"] }],
    },
    { collection: "stars", label: "恒星", group: "天文", verbs: ["view", "export"], actions: [], fields: [] },
  ],
  departments: [],
  people: [
    { id: 1, label: "开普勒", department: "天文台", is_active: true },
    { id: 2, label: "第谷", department: null, is_active: false },
  ],
};
const record = { id: 7, version: 3 };

test("what is named counts before the wildcard, of the object and of all objects", () => {
  expect(granted(observer.grants, "planets", "view")).toBe("all");
  expect(granted(observer.grants, "planets", "add")).toBe("self");
  expect(granted({ planets: { "*": "none" }, "*": { add: "all" } }, "planets", "add")).toBe("none");
  expect(inherited(observer.grants, "planets", "view")).toBe("self");
  expect(granted({}, "planets", "view")).toBe("none");
});

test("a cell changed back is no change, and changes are told in words", () => {
  const once = changed(observer.grants, {}, "planets", "view", "none");
  expect(differences(observer, once)).toEqual([{ key: "planets.view", object: "行星", verb: "查看", from: "全部", to: "无" }]);
  expect(changed(observer.grants, once, "planets", "view", "all")).toEqual({});
  const taken = changed(observer.grants, {}, "planets", "view", null);
  expect(differences(observer, taken)[0]).toMatchObject({ from: "全部", to: "继承本人" });
});

test("inherited cells look so, changed ones stand out until they are saved together", async () => {
  const calls = serve({ "GET /roles/7/grants": observer, "PATCH /roles/7/grants": { ...observer, version: 4 } });
  draw(<Matrix record={record} />);
  const view = await screen.findByRole("combobox", { name: "行星：查看" });
  expect(view.className).not.toContain("reach-inherited");
  expect(screen.getByRole("combobox", { name: "恒星：查看" }).className).toContain("reach-inherited");
  await userEvent.selectOptions(view, "subtree");
  await userEvent.selectOptions(screen.getByRole("combobox", { name: "所有对象：新建" }), "none");
  expect(view.className).toContain("reach-changed");
  expect(
    within(screen.getByRole("group", { name: "尚未保存的权限" }))
      .getAllByRole("listitem")
      .map((row) => row.textContent),
  ).toEqual(["所有对象 · 新建：继承本人 → 无", "行星 · 查看：全部 → 本部门及下级"]);
  await userEvent.click(screen.getByRole("button", { name: "保存权限" }));
  expect(await screen.findByText("已保存 2 处权限，立即生效")).toBeTruthy();
  expect(calls.find(({ method }) => method === "PATCH")?.body).toEqual({
    version: 3,
    grants: { planets: { view: "subtree" }, "*": { add: "none" } },
  });
});

test("departments are chosen by name, told by name and sent by their ids", async () => {
  const halls: RoleMatrix = { ...observer, grants: { planets: { view: [3] } }, departments: [{ id: 3, label: "穹顶" }] };
  const calls = serve({
    "GET /roles/7/grants": halls,
    "GET /departments/options": { rows: [{ id: 4, label: "暗室", hint: "" }] },
    "PATCH /roles/7/grants": { ...halls, version: 4 },
  });
  draw(<Matrix record={record} />);
  const view: HTMLSelectElement = await screen.findByRole("combobox", { name: "行星：查看" });
  expect(view.selectedOptions[0]?.textContent).toBe("指定：穹顶");
  await userEvent.selectOptions(view, "指定部门…");
  await userEvent.click(await within(await screen.findByRole("dialog")).findByRole("combobox"));
  await userEvent.click(await screen.findByText("暗室"));
  await userEvent.click(screen.getByRole("button", { name: /确\s?定/ }));
  expect(within(await screen.findByRole("group", { name: "尚未保存的权限" })).getByRole("listitem").textContent).toBe(
    "行星 · 查看：指定：穹顶 → 指定：穹顶、暗室",
  );
  await userEvent.click(screen.getByRole("button", { name: "保存权限" }));
  await waitFor(() =>
    expect(calls.find(({ method }) => method === "PATCH")?.body).toEqual({ version: 3, grants: { planets: { view: [3, 4] } } }),
  );
});

test("actions are opened beneath their object; giving up changes nothing", async () => {
  const calls = serve({ "GET /roles/7/grants": observer });
  draw(<Matrix record={record} />);
  await userEvent.click(await screen.findByRole("button", { name: "1 个动作" }));
  await userEvent.selectOptions(screen.getByRole("combobox", { name: "行星：冷却" }), "all");
  await userEvent.click(screen.getByRole("button", { name: /放\s?弃/ }));
  expect(screen.queryByRole("group", { name: "尚未保存的权限" })).toBeNull();
  expect(calls.every(({ method }) => method === "GET")).toBe(true);
});

test("who may only look cannot change a cell, and sees who has the role", async () => {
  serve({ "GET /roles/7/grants": { ...observer, may_grant: false } });
  draw(<Matrix record={record} />);
  const cell: HTMLSelectElement = await screen.findByRole("combobox", { name: "行星：查看" });
  expect(cell.disabled).toBe(true);
  expect(screen.getByText("共 2 人")).toBeTruthy();
  expect(screen.getByText("已停用")).toBeTruthy();
});

test("a refusal keeps what was changed", async () => {
  serve({
    "GET /roles/7/grants": observer,
    "PATCH /roles/7/grants": () => new Refusal(409, { code: "refused", message: "再没有人能调整权限", fields: {} }),
  });
  draw(<Matrix record={record} />);
  await userEvent.selectOptions(await screen.findByRole("combobox", { name: "行星：查看" }), "none");
  await userEvent.click(screen.getByRole("button", { name: "保存权限" }));
  expect(await screen.findByText("再没有人能调整权限")).toBeTruthy();
  await waitFor(() => expect(screen.getByRole("group", { name: "尚未保存的权限" })).toBeTruthy());
});

test("a field is opened, hidden or made read-only at once", async () => {
  const calls = serve({ "GET /roles/7/grants": observer, "PATCH /roles/7/grants": { ...observer, version: 4, fields: {} } });
  draw(<Matrix record={record} />);
  const rules = await screen.findByRole("region", { name: "字段权限" });
  expect(within(rules).getByText("行星（1）")).toBeTruthy();
  // In its column, but not to be chosen: this field knows no mask.
  expect(within(rules).getByText("掩码").closest("label")?.className).toMatch(/disabled/);
  await userEvent.click(within(rules).getByText("只读"));
  await waitFor(() =>
    expect(calls.find(({ method }) => method === "PATCH")?.body).toEqual({
      version: 3,
      fields: { planets: { mass: "readonly" } },
    }),
  );
});

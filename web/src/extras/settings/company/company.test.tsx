import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { meta, field, planets } from "../../../testing/planets";
import { draw } from "../../../testing/render";
import { Refusal, serve } from "../../../testing/server";
import Company from "./Company";
import { below, lines, placesFor, wayTo, type Department } from "./tree";

const may = { view: "all", add: "all", change: "all", close: "all", reopen: "all" };
meta.objects.departments = {
  ...planets,
  collection: "departments",
  label: "部门",
  fields: [field("name", "text", "名称", { required: true })],
  may,
};
meta.objects.people = {
  ...planets,
  collection: "people",
  label: "人员",
  fields: [
    field("name", "text", "姓名", { required: true }),
    field("username", "text", "登录名"),
    field("post", "ref", "岗位", { to: "posts" }),
  ],
  may,
};

const row = (id: number, name: string, parent: number | null, state = "active") => ({
  id,
  name,
  parent: parent === null ? null : { id: parent, label: "" },
  manager: null,
  state,
  version: 1,
});
const departments = [row(1, "总部", null), row(2, "华东", 1), row(3, "上海", 2), row(4, "老三部", 1, "closed")];
const person = {
  id: 9,
  name: "王芳",
  username: "wangfang",
  department: { id: 1, label: "总部" },
  post: null,
  roles: [],
  phone: "",
  is_active: true,
  version: 4,
};
const answers = {
  "GET /departments": { rows: departments, next: null },
  "GET /people/aggregate": {
    rows: [
      { department: { id: 1, label: "总部" }, count: 1 },
      { department: { id: 3, label: "上海" }, count: 2 },
    ],
  },
  "GET /people": { rows: [person], next: null },
};
const all: Department[] = departments.map(({ id, name, parent, state }) => ({
  id: String(id),
  name,
  parent: parent && String(parent.id),
  closed: state === "closed",
  manager: "",
  version: 1,
}));

test("the tree counts who works below, closed ones last, and nobody goes under herself", () => {
  const shown = lines(
    all,
    new Map([
      ["1", 1],
      ["3", 2],
    ]),
    new Set(["2"]),
  );
  expect(shown.map(({ name, depth, everybody }) => [name, depth, everybody])).toEqual([
    ["总部", 1, 3],
    ["华东", 2, 2],
    ["老三部", 2, 0],
  ]);
  expect(placesFor(all, "2").map(({ name }) => name)).toEqual(["总部"]);
  expect(wayTo(all, "3")).toBe("总部 / 华东 / 上海");
  expect([
    ...below(
      [
        { id: "1", name: "", parent: "2", closed: false, manager: "", version: 1 },
        { id: "2", name: "", parent: "1", closed: false, manager: "", version: 1 },
      ],
      "1",
    ),
  ]).toEqual(["1", "2"]);
});

test("a department is moved from its menu and back by undo", async () => {
  const calls = serve({
    ...answers,
    "GET /departments/3": { ...departments[2], version: 7 },
    "PATCH /departments/3": { ...departments[2], version: 8 },
  });
  draw(<Company />);
  await userEvent.click(await screen.findByRole("button", { name: "“上海”的更多操作" }));
  await userEvent.click(await screen.findByRole("menuitem", { name: "移到…" }));
  await userEvent.click(await screen.findByRole("combobox", { name: "选择部门" }));
  await userEvent.click(await screen.findByTitle("公司（最上层）"));
  await userEvent.click(within(screen.getByRole("dialog")).getByRole("button", { name: /移\s?动/ }));
  await waitFor(() => expect(calls.find(({ method }) => method === "PATCH")?.body).toEqual({ version: 7, parent: null }));
  await userEvent.click(await screen.findByRole("button", { name: /撤\s?销/ }));
  await waitFor(() => expect(calls.filter(({ method }) => method === "PATCH").at(-1)?.body).toEqual({ version: 7, parent: 2 }));
});

test("a department is added below another; what the server refuses is said", async () => {
  const calls = serve({
    ...answers,
    "POST /departments": () => new Refusal(422, { code: "invalid", message: "部门名称：已有", fields: {} }),
  });
  draw(<Company />);
  await userEvent.click(await screen.findByRole("button", { name: "“华东”的更多操作" }));
  await userEvent.click(await screen.findByRole("menuitem", { name: "新建下级部门" }));
  await userEvent.type(screen.getByRole("textbox", { name: "部门名称" }), "杭州");
  await userEvent.click(within(screen.getByRole("dialog")).getByRole("button", { name: /新\s?建/ }));
  expect(await screen.findByText("部门名称：已有")).toBeTruthy();
  expect(calls.find(({ method }) => method === "POST")?.body).toEqual({ name: "杭州", parent: 2 });
});

test("by keyboard one walks the tree, and its people follow", async () => {
  const calls = serve(answers);
  draw(<Company />);
  (await screen.findByRole("treeitem", { name: /总部/ })).focus();
  await userEvent.keyboard("{ArrowDown}{ArrowLeft}");
  expect(screen.getByRole("treeitem", { name: /华东/ }).getAttribute("aria-selected")).toBe("true");
  expect(screen.queryByRole("treeitem", { name: /上海/ })).toBeNull();
  await waitFor(() =>
    expect(calls.some(({ path, query }) => path === "/people" && query.get("filter")?.includes('"value":2'))).toBe(true),
  );
});

test("somebody is deactivated from the list", async () => {
  const calls = serve({ ...answers, "GET /people/9": person, "PATCH /people/9": { ...person, is_active: false } });
  draw(<Company />);
  await userEvent.click(await screen.findByRole("button", { name: "“王芳”的更多操作" }));
  await userEvent.click(await screen.findByRole("menuitem", { name: "停用" }));
  await waitFor(() => expect(calls.find(({ method }) => method === "PATCH")?.body).toEqual({ version: 4, is_active: false }));
});

import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import type { Layout } from "../../../client/layouts";
import { planets } from "../../../testing/planets";
import { draw } from "../../../testing/render";
import { Refusal, serve } from "../../../testing/server";
import { arrangementOf, boxStepped, dropped, laidOut, moved, REST, stepped } from "./arrange";
import Layouts from "./Layouts";

const layout: Layout = {
  role: { id: 3, label: "观测员" },
  collection: "planets",
  one_of: [],
  record: null,
  hidden: [],
  required: {},
  sections: planets.sections,
  declared: planets.sections,
};
const start = () => laidOut(planets, layout, layout.declared);
const first = (table: ReturnType<typeof start>) => table.boxes[0]?.fields;
const answers = {
  "GET /roles": {
    rows: [
      { id: 3, name: "观测员" },
      { id: 4, name: "台长" },
    ],
    next: null,
  },
  "GET /layouts": { rows: [{ role: 4, collection: "planets" }] },
  "GET /layouts/3/planets": layout,
  "GET /meta": {},
};

test("fields move within and between sections, and out of sight and back", () => {
  const table = start();
  const [one, two] = table.boxes;
  expect(first(dropped(table, "name", "climate"))).toEqual(["code", "climate", "name", "phase", "price", "star"]);
  expect(first(dropped(table, "share", "code"))).toEqual(["name", "share", "code", "climate", "phase", "price", "star"]);
  expect(stepped(table, "star", 1).boxes[1]?.fields).toEqual(["star", "share", "born_on", "mines"]);
  expect(first(stepped(table, "code", -1))).toEqual(["code", "name", "climate", "phase", "price", "star"]);
  expect(boxStepped(table, two?.key ?? "", -1).boxes.map(({ label }) => label)).toEqual(["其他", "概要"]);
  const hidden = moved(table, "price", REST);
  expect(arrangementOf(hidden, layout.declared).hidden).toEqual(["price"]);
  expect(first(moved(hidden, "price", one?.key ?? "", "name"))).toEqual(["price", "name", "code", "climate", "phase", "star"]);
});

test("a field is moved, hidden and asked for from its menu, and the whole is saved at once", async () => {
  const calls = serve({ ...answers, "PATCH /layouts/3/planets": layout });
  draw(<Layouts />);
  const menu = async (field: string, item: string) => {
    await userEvent.click(await screen.findByRole("button", { name: `“${field}”的更多操作` }));
    await userEvent.click(await screen.findByRole("menuitem", { name: item }));
  };
  await menu("地价", "不显示");
  await menu("恒星", "上移");
  await menu("折扣", "总是必填");
  await userEvent.click(screen.getByRole("button", { name: "保存布局" }));
  await waitFor(() =>
    expect(calls.find(({ method }) => method === "PATCH")?.body).toEqual({
      sections: [
        { label: "概要", fields: ["name", "code", "climate", "star", "phase"] },
        { label: "其他", fields: ["share", "born_on", "mines"] },
      ],
      hidden: ["price"],
      required: { share: {} },
    }),
  );
});

test("the preview asks for what the case demands, and what must be filled cannot be hidden", async () => {
  serve({
    ...answers,
    "GET /layouts/3/planets": { ...layout, required: { price: { field: "climate", op: "eq", value: "cold" } } },
  });
  draw(<Layouts />);
  const preview = within(await screen.findByRole("region", { name: "预览" }));
  expect(preview.getByText("地价").querySelector(".must")).toBeTruthy();
  expect(screen.getByText("必填：气候 是 寒冷")).toBeTruthy();
  await userEvent.click(screen.getByRole("button", { name: "“星名”的更多操作" }));
  expect((await screen.findByRole("menuitem", { name: "不显示" })).getAttribute("aria-disabled")).toBe("true");
});

test("a refusal is said and nothing is lost", async () => {
  serve({
    ...answers,
    "PATCH /layouts/3/planets": () => new Refusal(422, { code: "invalid", message: "分组：分组的名称不能重复", fields: {} }),
  });
  draw(<Layouts />);
  await userEvent.type(await screen.findByRole("textbox", { name: "分组“其他”的名称" }), "的");
  await userEvent.click(screen.getByRole("button", { name: "保存布局" }));
  expect(await screen.findByText("分组：分组的名称不能重复")).toBeTruthy();
  expect(screen.getByRole<HTMLInputElement>("textbox", { name: "分组“其他的”的名称" }).value).toBe("其他的");
});

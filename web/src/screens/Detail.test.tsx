import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";
import { PeopleContext } from "../kinds/colleagues";
import { MetaContext } from "../app/meta";
import { field, meta, planets } from "../testing/planets";
import { draw } from "../testing/render";
import { Refusal, serve } from "../testing/server";
import Detail from "./Detail";

const RECORD = {
  id: 5,
  version: 3,
  name: "水星",
  code: "X-5",
  climate: "hot",
  phase: "dust",
  price: "1234.50",
  star: { id: 7, label: "太阳" },
  actions: { cool: null, settle: null, restart: "“重来”只能用于有生命、湮灭，当前是尘埃" },
  may: { change: true, delete: false, transfer: false },
};
const HISTORY = {
  rows: [
    {
      id: 31,
      at: "2026-11-22T09:00:00",
      actor: { id: 3, label: "伽利略" },
      through: "网页",
      verb: "update",
      changes: [{ field: "climate", label: "气候", old: "cold", new: "hot" }],
    },
  ],
  next: null,
};
const page = { record: RECORD, related: {}, history: HISTORY };

const open = () => draw(<Detail />, { at: "/planets/5", path: "/:collection/:id" });

test("a record shows its facts, its way and its past", async () => {
  serve({ "GET /planets/5/page": page });
  open();
  expect(await screen.findByRole("heading", { level: 1, name: "水星" })).toBeTruthy();
  const path = screen.getByRole("list", { name: "阶段" });
  expect(within(path).getByText("尘埃").closest("li")?.getAttribute("aria-current")).toBe("step");
  expect(screen.getByText("寒冷").tagName).toBe("DEL");
  expect(screen.getAllByRole("link", { name: "太阳" })[0]?.getAttribute("href")).toBe("/stars/7");
});

test("what a field held before is one press away, while it holds something else and for whoever may change it", async () => {
  const calls = serve({ "GET /planets/5/page": page, "POST /planets/5/history/31": { ...RECORD, climate: "cold" } });
  open();
  await userEvent.click(await screen.findByRole("button", { name: "把气候改回寒冷" }));
  expect(await screen.findByText("气候已改回")).toBeTruthy();
  expect(calls.find(({ method }) => method === "POST")?.body).toEqual({ version: 3, fields: ["climate"] });
  const born = {
    ...page,
    history: {
      rows: [{ ...HISTORY.rows[0], verb: "add", changes: [{ field: "code", label: "编号", old: null, new: "X-5" }] }],
      next: null,
    },
  };
  document.body.innerHTML = "";
  serve({ "GET /planets/5/page": born });
  open();
  expect((await screen.findByText("编号", { selector: "#history li span" })).parentElement?.textContent).toBe("编号 X-5");
  expect(screen.queryByRole("button", { name: /改回/ })).toBeNull();
  for (const record of [
    { ...RECORD, climate: "cold" },
    { ...RECORD, may: { ...RECORD.may, change: false } },
  ]) {
    document.body.innerHTML = "";
    serve({ "GET /planets/5/page": { ...page, record } });
    open();
    await screen.findByText("变更历史", { selector: "h2" });
    expect(screen.queryByRole("button", { name: /改回/ })).toBeNull();
  }
});

test("the past of a line speaks the words of its own columns", async () => {
  const object = {
    ...planets,
    fields: planets.fields.map((one) =>
      one.name === "mines"
        ? { ...one, parts: [field("grade", "choice", "品位", { options: [{ value: "rich", label: "富矿" }] })] }
        : one,
    ),
  };
  serve({
    "GET /planets/5/page": {
      ...page,
      history: {
        rows: [
          {
            ...HISTORY.rows[0],
            verb: "add",
            part: "mines",
            changes: [{ field: "grade", label: "品位", old: null, new: "rich" }],
          },
        ],
        next: null,
      },
    },
  });
  draw(
    <MetaContext value={{ ...meta, objects: { ...meta.objects, planets: object } }}>
      <Detail />
    </MetaContext>,
    { at: "/planets/5", path: "/:collection/:id" },
  );
  expect((await screen.findByText("品位", { selector: "#history li span" })).parentElement?.textContent).toBe("品位 富矿");
});

test("an action that cannot be taken says why instead of acting", async () => {
  const calls = serve({ "GET /planets/5/page": page });
  open();
  const restart = await screen.findByRole("button", { name: "重来" });
  expect(restart.getAttribute("aria-disabled")).toBe("true");
  await userEvent.hover(restart);
  expect(await screen.findByText(/只能用于有生命/)).toBeTruthy();
  await userEvent.click(restart);
  expect(calls.filter(({ method }) => method === "POST")).toEqual([]);
});

test("only what leads on asks to be pressed: not what takes a record back", async () => {
  for (const [phase, look] of [
    ["dust", "ant-btn-primary"],
    ["alive", "ant-btn-default"],
  ] as const) {
    document.body.innerHTML = "";
    serve({ "GET /planets/5/page": { ...page, record: { ...RECORD, phase, actions: { cool: null } } } });
    open();
    expect((await screen.findByRole("button", { name: "冷却" })).className).toContain(look);
  }
});

test("on a phone a grave deed never stands first: it waits in the menu, where one that is refused says why without a pointer", async () => {
  vi.stubGlobal("matchMedia", () => ({ matches: true, addEventListener: () => undefined, removeEventListener: () => undefined }));
  const actions = { cool: "“冷却”只能用于尘埃，当前是湮灭", restart: null };
  serve({ "GET /planets/5/page": { ...page, record: { ...RECORD, phase: "lost", actions } } });
  open();
  await userEvent.click(await screen.findByRole("button", { name: /^更多\s*$/ }));
  expect(screen.queryByRole("button", { name: "重来" })).toBeNull();
  const items = (await screen.findAllByRole("menuitem")).map(({ textContent }) => textContent);
  expect(items).toEqual(["重来", "冷却“冷却”只能用于尘埃，当前是湮灭"]);
});

test("an action asks what it asks, with what is known filled in", async () => {
  const calls = serve({ "GET /planets/5/page": page, "POST /planets/5/settle": { ...RECORD, phase: "alive" } });
  open();
  await userEvent.click(await screen.findByRole("button", { name: "移民" }));
  const dialog = await screen.findByRole("dialog", {}, { timeout: 5000 });
  expect(await within(dialog).findByDisplayValue("1,234.50")).toBe(within(dialog).getByLabelText("成交地价"));
  await userEvent.click(within(dialog).getByRole("button", { name: "移民" }));
  expect(await screen.findByText("已移民")).toBeTruthy();
  expect(calls.find(({ path }) => path === "/planets/5/settle")?.body).toEqual({ price: "1234.50" });
});

test("a deed that is done closes its question and is shown, however long the rest of the screen takes; Enter twice does it once", async () => {
  const calls = serve({ "GET /planets/5/page": page, "POST /planets/5/settle": { ...RECORD, phase: "alive" } });
  const answer = globalThis.fetch;
  open();
  await userEvent.click(await screen.findByRole("button", { name: "移民" }));
  const price = await within(await screen.findByRole("dialog", {}, { timeout: 5000 })).findByLabelText("成交地价");
  vi.stubGlobal("fetch", (url: string, init: RequestInit) =>
    init.method === "GET" ? new Promise(() => undefined) : answer(url, init),
  );
  await userEvent.type(price, "{Enter}{Enter}");
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  expect(
    within(screen.getByRole("list", { name: "阶段" }))
      .getByText("有生命")
      .closest("li")
      ?.getAttribute("aria-current"),
  ).toBe("step");
  expect(calls.filter(({ method }) => method === "POST").length).toBe(1);
});

test.each([
  ["changed by a colleague", { ...page, record: { ...RECORD, version: 4, price: "1.00" } }],
  ["not to be had for a moment", new Refusal(503, {})],
])("what is typed into an action stays when the record is %s", async (_, later) => {
  let answers = 0;
  serve({ "GET /planets/5/page": () => (answers++ === 0 ? page : later) });
  const { queries } = open();
  await userEvent.click(await screen.findByRole("button", { name: "移民" }));
  const price = await within(await screen.findByRole("dialog", {}, { timeout: 5000 })).findByLabelText("成交地价");
  await userEvent.clear(price);
  await userEvent.type(price, "88");
  await queries.invalidateQueries();
  expect(answers).toBe(2);
  expect(screen.getByLabelText("成交地价")).toBe(price);
  expect((price as HTMLInputElement).value).toBe("88");
});

test("a record that is taken away while it is read is not shown any more", async () => {
  let answers = 0;
  serve({ "GET /planets/5/page": () => (answers++ === 0 ? page : new Refusal(404, {})) });
  const { queries } = open();
  await screen.findByRole("heading", { level: 1, name: "水星" });
  await queries.invalidateQueries();
  expect(await screen.findByText("没有找到")).toBeTruthy();
});

test("a record one may not see is not found", async () => {
  serve({});
  open();
  expect(await screen.findByText("没有找到")).toBeTruthy();
});

test("a colleague is found by pinyin after an @ and told by her number, not by her name alone", async () => {
  const calls = serve({
    "GET /planets/5/page": page,
    "GET /planets/5/comments": { rows: [], following: false },
    "POST /planets/5/comments": { id: 1 },
    "GET /stars/options": ({ query }: { query: URLSearchParams }) => ({
      rows:
        query.get("q") === "lin"
          ? [{ id: 7, label: "林国栋" }]
          : [
              { id: 3, label: "何倩" },
              { id: 7, label: "林国栋" },
            ],
    }),
  });
  draw(
    <PeopleContext value="stars">
      <Detail />
    </PeopleContext>,
    { at: "/planets/5", path: "/:collection/:id" },
  );
  const box = await screen.findByLabelText("写评论");
  await userEvent.type(box, "@lin");
  await waitFor(() => expect(calls.some(({ path, query }) => path === "/stars/options" && query.get("q") === "lin")).toBe(true));
  await userEvent.click(await screen.findByRole("menuitem", { name: "林国栋" }));
  await userEvent.keyboard("请看");
  await userEvent.click(screen.getByRole("button", { name: /发\s?表/ }));
  await waitFor(() =>
    expect(calls.find(({ method, path }) => method === "POST" && path === "/planets/5/comments")?.body).toEqual({
      text: "@林国栋 请看",
      mentions: [7],
    }),
  );
});

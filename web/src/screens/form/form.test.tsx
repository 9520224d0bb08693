import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { Button } from "antd";
import { expect, test } from "vitest";
import { planets } from "../../testing/planets";
import { draw } from "../../testing/render";
import { Refusal, serve } from "../../testing/server";
import { useFormHost } from "./host";

const SAVED = { id: 5, version: 1, name: "水星", climate: "cold" };
const OLD = { id: 5, version: 3, name: "水星", climate: "hot", price: "9.00" };

function Opener({ id }: { id?: number }) {
  const { open } = useFormHost();
  return <Button onClick={() => open({ collection: "planets", id })}>打开</Button>;
}

async function openForm(id?: number) {
  const { queries } = draw(<Opener id={id} />);
  await userEvent.click(screen.getByRole("button", { name: "打开" }));
  renew = () => queries.invalidateQueries();
  return screen.findByLabelText("星名", {}, { timeout: 5000 });
}

/** What a colleague's change does to everything on the screen. */
let renew: () => Promise<void> = () => Promise.resolve();

const save = () => userEvent.click(screen.getByRole("button", { name: /保存$/ }));

test("the reason stands beside the field, before and after the server is asked", async () => {
  const calls = serve({
    "POST /planets": new Refusal(422, { code: "invalid", message: "有栏目没有填对", fields: { name: "已有同名的行星" } }),
    "POST /planets/duplicates": { duplicates: [] },
  });
  const name = await openForm();
  await save();
  expect(screen.getByText("请填写星名")).toBeTruthy();
  expect(calls.filter(({ path }) => path === "/planets")).toEqual([]);
  await userEvent.type(name, "水星");
  await save();
  expect(await screen.findByText("已有同名的行星")).toBeTruthy();
  expect(screen.getByLabelText("星名")).toBe(name);
  expect((name as HTMLInputElement).value).toBe("水星");
});

test("the same content sent twice carries the same key, other content another", async () => {
  const calls = serve({ "POST /planets": new Refusal(500, {}), "POST /planets/duplicates": { duplicates: [] } });
  const name = await openForm();
  await userEvent.type(name, "水星");
  await save();
  await screen.findByText(/服务器出了错/);
  await save();
  await waitFor(() => expect(calls.filter(({ path }) => path === "/planets")).toHaveLength(2));
  await userEvent.type(name, "二");
  await save();
  await waitFor(() => expect(calls.filter(({ path }) => path === "/planets")).toHaveLength(3));
  const [first, second, third] = calls.filter(({ path }) => path === "/planets").map(({ headers }) => headers["Idempotency-Key"]);
  expect(second).toBe(first);
  expect(third).not.toBe(first);
});

test("likely duplicates are shown while typing and stop the first save only", async () => {
  const twin = { id: null, label: "水*", holder: "天文台", reason: "名称相近", visible: false };
  const calls = serve({
    "POST /planets/duplicates": { duplicates: [twin] },
    "POST /planets": ({ query }: { query: URLSearchParams }) =>
      query.get("duplicates") === "allow"
        ? SAVED
        : new Refusal(409, { code: "duplicates", message: "可能重复", fields: {}, duplicates: [twin] }),
  });
  await userEvent.type(await openForm(), "水星");
  expect(await screen.findByText("水*")).toBeTruthy();
  expect(screen.getByText(/名称相近 · 天文台/)).toBeTruthy();
  await save();
  await userEvent.click(await screen.findByRole("button", { name: /不是同一个，仍然保存$/ }));
  expect(await screen.findByText("已新建行星")).toBeTruthy();
  expect(calls.findLast(({ path }) => path === "/planets")?.body).toEqual({ name: "水星", climate: "cold" });
  expect(calls.filter(({ path }) => path === "/planets")).toHaveLength(2);
});

test("when somebody was faster, both values are shown and the person decides", async () => {
  const current = { ...OLD, version: 4, name: "辰星" };
  const calls = serve({
    "GET /planets/5": OLD,
    "POST /planets/duplicates": { duplicates: [] },
    "PATCH /planets/5": ({ body }: { body: unknown }) =>
      (body as { version: number }).version === 4
        ? { ...current, version: 5 }
        : new Refusal(409, {
            code: "stale",
            message: "已被他人修改",
            fields: { name: { yours: "新水星", theirs: "辰星" } },
            current,
          }),
  });
  const name = await openForm(5);
  await userEvent.clear(name);
  await userEvent.type(name, "新水星");
  await save();
  expect(await screen.findByText(/辰星/)).toBeTruthy();
  await userEvent.click(screen.getByRole("button", { name: "按所选保存" }));
  await waitFor(() => expect(calls.findLast(({ method }) => method === "PATCH")?.body).toEqual({ version: 4, name: "新水星" }));
});

test("what was typed survives a closed form", async () => {
  serve({ "POST /planets/duplicates": { duplicates: [] } });
  await userEvent.type(await openForm(), "未完");
  await waitFor(() => expect(localStorage.getItem("zhike:draft:planets:new")).toContain("未完"));
  await userEvent.click(screen.getByRole("button", { name: "稍后继续" }));
  await userEvent.click(screen.getByRole("button", { name: "打开" }));
  expect(await screen.findByText(/已恢复上次没有保存的内容/)).toBeTruthy();
  expect(screen.getAllByDisplayValue("未完").length).toBeGreaterThan(0);
});

test.each([
  ["changed by a colleague", { ...OLD, version: 4, name: "辰星" }],
  ["not to be had for a moment", new Refusal(503, {})],
  ["taken away", new Refusal(404, {})],
])("what is being typed stays when the record is %s", async (_, later) => {
  let answers = 0;
  serve({ "GET /planets/5": () => (answers++ === 0 ? OLD : later), "POST /planets/duplicates": { duplicates: [] } });
  const name = await openForm(5);
  await userEvent.type(name, "二");
  await renew();
  expect(answers).toBe(2);
  expect(screen.getByLabelText("星名")).toBe(name);
  expect((name as HTMLInputElement).value).toBe("水星二");
});

test("Enter takes a typed day and does not send the form", async () => {
  const calls = serve({
    "GET /planets/5": OLD,
    "POST /planets/duplicates": { duplicates: [] },
    "PATCH /planets/5": { ...OLD, version: 4 },
  });
  await openForm(5);
  const day = await screen.findByLabelText("诞生日");
  await userEvent.type(day, "2030-05-06{Enter}");
  expect((day as HTMLInputElement).value).toBe("2030-05-06");
  expect(calls.filter(({ method }) => method === "PATCH")).toEqual([]);
  await save();
  await waitFor(() =>
    expect(calls.find(({ method }) => method === "PATCH")?.body).toEqual({ version: 3, born_on: "2030-05-06" }),
  );
});

test("what cannot be right is said beside the field while one still types in it", async () => {
  serve({ "POST /planets/duplicates": { duplicates: [] } });
  planets.sections[1]?.fields.push("email");
  await openForm();
  const mail = screen.getByLabelText("信箱");
  await userEvent.type(mail, "a@b");
  expect(await screen.findByText(/邮箱格式不正确/, {}, { timeout: 3000 })).toBeTruthy();
  expect(document.activeElement).toBe(mail);
  await userEvent.type(mail, ".cn");
  expect(screen.queryByText(/邮箱格式不正确/)).toBeNull();
  planets.sections[1]?.fields.pop();
});

import { fireEvent, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { cell, open, ROWS } from "../../testing/planetList";
import { Refusal, type Call } from "../../testing/server";

test("a cell is edited in its place, and what was done is taken back by Ctrl+Z", async () => {
  const { calls } = open("", {
    "PATCH /planets/1": ({ body }: Call) => ({
      ...ROWS[0],
      ...(body as object),
      version: (body as { version: number }).version + 1,
    }),
  });
  fireEvent.doubleClick(await cell(0, 0));
  const input = await screen.findByRole("textbox", { name: "星名" });
  await userEvent.clear(input);
  await userEvent.type(input, "辰星{Enter}");
  expect(await screen.findByText("已修改“星名”")).toBeTruthy();
  expect(calls.find(({ method }) => method === "PATCH")?.body).toEqual({ version: 3, name: "辰星" });
  fireEvent.keyDown(document.body, { key: "z", ctrlKey: true });
  await waitFor(() => expect(calls.findLast(({ method }) => method === "PATCH")?.body).toEqual({ version: 4, name: "水星" }));
});

test("what the server refuses stays open with its reason", async () => {
  open("", {
    "PATCH /planets/1": new Refusal(422, { code: "invalid", message: "不正确", fields: { name: "这个名字已有人用" } }),
  });
  fireEvent.doubleClick(await cell(0, 0));
  const input = await screen.findByRole("textbox", { name: "星名" });
  await userEvent.type(input, "二{Enter}");
  expect((await screen.findByRole("alert")).textContent).toBe("这个名字已有人用");
  expect(screen.getByDisplayValue("水星二")).toBeTruthy();
});

test("when a colleague was faster, both values are shown and one chooses", async () => {
  const now = { ...ROWS[0], version: 9, name: "辰星" };
  const { calls } = open("", {
    "PATCH /planets/1": ({ body }: Call) =>
      (body as { version: number }).version === 9
        ? { ...now, name: "水星二", version: 10 }
        : new Refusal(409, {
            code: "stale",
            message: "已被他人修改",
            fields: { name: { yours: "水星二", theirs: "辰星" } },
            current: now,
          }),
  });
  fireEvent.doubleClick(await cell(0, 0));
  await userEvent.type(await screen.findByRole("textbox", { name: "星名" }), "二{Enter}");
  expect((await screen.findByRole("alert")).textContent).toContain("现在是“辰星”");
  await userEvent.click(screen.getByRole("button", { name: "用我的" }));
  await waitFor(() => expect(calls.findLast(({ method }) => method === "PATCH")?.body).toEqual({ version: 9, name: "水星二" }));
});

test("what may not be edited is not opened for editing", async () => {
  open();
  fireEvent.keyDown(await cell(0, 2), { key: "F2" });
  expect(screen.queryByRole("group", { name: "修改阶段" })).toBeNull();
});

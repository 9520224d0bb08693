import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { draw } from "../testing/render";
import { serve } from "../testing/server";
import Deeds from "./Deeds";

const DEED = {
  id: 7,
  verb: "change",
  collection: "planets",
  object: "行星",
  count: 5,
  names: [],
  at: "2026-11-22T09:00:00+08:00",
  until: "2026-12-22T09:00:00+08:00",
  undone_at: null,
};
const GONE = { ...DEED, id: 8, verb: "delete", count: 1, names: ["水星"], undone_at: "2026-11-22T10:00:00+08:00" };

test("what was done is told with how much of it, and taken back with one click", async () => {
  const calls = serve({
    "GET /changesets": { rows: [GONE, DEED], next: null },
    "POST /changesets/7/undo": { done: 5, kept: [] },
  });
  draw(<Deeds />, { at: "/account/deeds", path: "/account/deeds" });
  expect(await screen.findByText("修改：5 条行星")).toBeTruthy();
  const gone = screen.getByText("删除：行星“水星”");
  expect(gone.tagName).toBe("DEL");
  expect(within(gone.closest("li") as HTMLElement).getByText("已撤销")).toBeTruthy();
  expect(screen.getAllByText("已撤销")).toHaveLength(1);
  await userEvent.click(screen.getByRole("button", { name: "撤销 修改：5 条行星" }));
  expect(calls.some(({ method, path }) => method === "POST" && path === "/changesets/7/undo")).toBe(true);
});

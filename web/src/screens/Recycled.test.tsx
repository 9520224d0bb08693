import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { draw } from "../testing/render";
import { serve } from "../testing/server";
import Recycled from "./Recycled";

const ROW = {
  id: 9,
  record: 5,
  label: "水星",
  at: "2026-11-22T09:00:00+08:00",
  until: "2026-12-22T09:00:00+08:00",
  by: { id: 3, label: "伽利略" },
  owner: null,
};

test("a deleted record is named with who deleted it, and comes back with one click", async () => {
  const calls = serve({
    "GET /recycled": { rows: [ROW], next: null },
    "POST /recycled/9/restore": { collection: "planets", id: 5, label: "水星" },
  });
  draw(<Recycled />, { at: "/recycled/planets", path: "/recycled/:collection" });
  expect(await screen.findByText(/^伽利略删除于/)).toBeTruthy();
  await userEvent.click(screen.getByRole("button", { name: "恢复 水星" }));
  expect(calls.some(({ method, path }) => method === "POST" && path === "/recycled/9/restore")).toBe(true);
});

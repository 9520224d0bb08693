import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { open } from "../../testing/planetList";
import type { Call } from "../../testing/server";

test("all that match are chosen together, foreseen with names and reasons, and then done", async () => {
  const { calls } = open(`?filter=${encodeURIComponent('{"field":"climate","op":"eq","value":"hot"}')}&q=xing`, {
    "POST /planets/bulk": ({ body }: Call) =>
      (body as { dry_run?: boolean }).dry_run
        ? { count: 412, done: 0, same: 0, refused: [{ id: 2, label: "海王星", reason: "当前是有生命" }] }
        : { count: 412, done: 411, same: 0, refused: [] },
  });
  await userEvent.click(await screen.findByRole("checkbox", { name: "选择水星" }));
  await userEvent.click(screen.getByRole("button", { name: "选择全部 412 条" }));
  await userEvent.click(screen.getByRole("button", { name: "冷却" }));
  const refused = (await screen.findByText(/当前是有生命/)).closest("li") as HTMLElement;
  expect(within(refused).getByRole("link", { name: "海王星" })).toBeTruthy();
  await userEvent.click(await screen.findByRole("button", { name: "批量冷却 411 条" }));
  await waitFor(() =>
    expect(calls.find(({ path, body }) => path === "/planets/bulk" && !(body as { dry_run?: boolean }).dry_run)?.body).toEqual({
      filter: { field: "climate", op: "eq", value: "hot" },
      q: "xing",
      action: "cool",
      input: {},
    }),
  );
});

test("what many records shall hold is chosen, or that it shall be nothing, before anything is foreseen", async () => {
  const { calls } = open("", { "POST /planets/bulk": { count: 1, done: 0, same: 0, refused: [] } });
  await userEvent.click(await screen.findByRole("checkbox", { name: "选择水星" }));
  await userEvent.click(screen.getByRole("button", { name: "批量修改" }));
  const dialog = within(await screen.findByRole("dialog"));
  await userEvent.click(await dialog.findByLabelText("修改哪个栏目"));
  await userEvent.click(await screen.findByTitle("质量"));
  const bulk = () => calls.filter(({ path }) => path === "/planets/bulk").map(({ body }) => body);
  await new Promise((resolve) => setTimeout(resolve, 400));
  expect(bulk()).toEqual([]);
  await userEvent.click(dialog.getByRole("checkbox", { name: "清空这一栏" }));
  await waitFor(() => expect(bulk()).toEqual([{ ids: [1], set: { mass: null }, dry_run: true }]));
});

import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import type { Description } from "../client/types";
import { planets } from "../testing/planets";
import { draw } from "../testing/render";
import { serve } from "../testing/server";
import Board from "./Board";
import { useListState } from "./list/state";

function Screen({ object = planets }: { object?: Description }) {
  const [state, change] = useListState(object);
  return <Board object={object} state={state} change={change} />;
}

test("a board without a single card says so instead of showing empty columns", async () => {
  serve({ "GET /planets/aggregate": { rows: [] }, "GET /planets": { rows: [], next: null } });
  draw(<Screen />, { at: "/planets?view=board", path: "/planets" });
  expect(await screen.findByText("还没有行星")).toBeTruthy();
  expect(screen.queryByRole("group", { name: "行星看板" })).toBeNull();
});

test("of many columns only those with cards are shown, the empty ones on demand", async () => {
  const options = Array.from({ length: 12 }, (_, at) => ({ value: `c${at}`, label: `${at}度` }));
  const object = {
    ...planets,
    board: "climate",
    fields: planets.fields.map((field) => (field.name === "climate" ? { ...field, options } : field)),
  };
  serve({ "GET /planets/aggregate": { rows: [{ climate: "c7", count: 2 }] }, "GET /planets": { rows: [], next: null } });
  draw(<Screen object={object} />, { at: "/planets?view=board", path: "/planets" });
  const rest = await screen.findByRole("button", { name: "显示 12 个空列" });
  expect(screen.getAllByRole("region").map((column) => column.getAttribute("aria-label"))).toEqual(["7度"]);
  await userEvent.click(rest);
  expect(screen.getAllByRole("region")).toHaveLength(13);
});

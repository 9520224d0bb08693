import { screen } from "@testing-library/react";
import { expect, test } from "vitest";
import { planets } from "../testing/planets";
import { draw } from "../testing/render";
import { serve } from "../testing/server";
import Board from "./Board";
import { useListState } from "./list/state";

function Screen() {
  const [state, change] = useListState(planets);
  return <Board object={planets} state={state} change={change} />;
}

test("a board without a single card says so instead of showing empty columns", async () => {
  serve({ "POST /planets/aggregate": { rows: [] }, "GET /planets/aggregate": { rows: [] }, "GET /planets": { rows: [], next: null } });
  draw(<Screen />, { at: "/planets?view=board", path: "/planets" });
  expect(await screen.findByText("还没有行星")).toBeTruthy();
  expect(screen.queryByRole("group", { name: "行星看板" })).toBeNull();
});

import { screen, within } from "@testing-library/react";
import { expect, test, vi } from "vitest";
import type { Import } from "../../client/imports";
import { planets } from "../../testing/planets";
import { draw } from "../../testing/render";
import { serve } from "../../testing/server";
import { PreviewTable } from "./PreviewTable";

const import_ = {
  columns: ["价", "名", "废"].map((header, index) => ({ index, header, samples: [] })),
  mapping: { columns: { 名: { field: "name" }, 价: { field: "price" } } },
  preview: [
    { row: 2, values: { name: "水星", price: "12.00" }, errors: {} },
    { row: 3, values: { name: "", price: "5.00" }, errors: { name: "必填" } },
  ],
} as unknown as Import;

const cells = (row: HTMLElement) =>
  within(row)
    .getAllByRole("cell")
    .map(({ textContent }) => textContent);

test("the preview stands in the order of the file", () => {
  serve({});
  draw(<PreviewTable object={planets} import_={import_} />);
  const [, first, second] = screen.getAllByRole("row");
  if (!first || !second) throw new Error("rows");
  expect(cells(first)).toEqual(["12.00", "水星"]);
  expect(cells(second)).toEqual(["5.00", "必填"]);
});

test("after the check only what is wrong is shown, with its row and the reason in its place", () => {
  serve({});
  draw(<PreviewTable object={planets} import_={import_} wrongOnly />);
  expect(screen.getAllByRole("rowheader").map(({ textContent }) => textContent)).toEqual(["3"]);
  expect(screen.getByText("必填").closest("td")?.className).toBe("wrong");
});

test("on a phone a row is a card with what is wrong first, and nothing to move sideways for", () => {
  serve({});
  vi.spyOn(window, "matchMedia").mockImplementation(
    (media) =>
      Object.assign(new EventTarget(), { media, matches: media.includes("max-width"), onchange: null }) as MediaQueryList,
  );
  draw(<PreviewTable object={planets} import_={import_} wrongOnly />);
  vi.restoreAllMocks();
  expect(screen.queryByRole("table")).toBeNull();
  const [card] = within(screen.getByRole("list", { name: "预览" })).getAllByRole("listitem");
  expect(card?.textContent).toBe("第 3 行星名必填地价5.00");
});

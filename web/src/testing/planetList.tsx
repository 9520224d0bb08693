/** A list of planets on the screen, and the server behind it. */
import { screen } from "@testing-library/react";
import { vi } from "vitest";
import type { Row } from "../client/types";
import { ListScreen } from "../screens/list/ListScreen";
import { planets } from "./planets";
import { draw } from "./render";
import { serve, type Call } from "./server";

vi.mock("@tanstack/react-virtual", () => ({
  // The page of a test has no height, so that nothing would be in sight.
  useVirtualizer: ({ count, getItemKey }: { count: number; getItemKey?: (index: number) => string | number }) => ({
    getVirtualItems: () =>
      Array.from({ length: count }, (_, index) => ({ index, start: index * 38, key: getItemKey?.(index) ?? index })),
    getTotalSize: () => count * 38,
    scrollToIndex: () => undefined,
    measure: () => undefined,
    measureElement: () => undefined,
  }),
}));

export const ROWS: Row[] = [
  { id: 1, version: 3, name: "水星", climate: "hot", phase: "dust", price: "10.00", owner: { id: 3, label: "伽利略" } },
  { id: 2, version: 1, name: "海王星", climate: "cold", phase: "alive", price: "30.00", owner: null },
];
export const listed = ({ query }: Call) =>
  query.get("total") ? { rows: [], next: null, total: { count: 412, exact: true } } : { rows: ROWS, next: null };
export const measured = ({ query }: Call) =>
  query.get("group") === "climate"
    ? {
        rows: [
          { climate: "cold", count: 300, "sum:price": "900.00" },
          { climate: "hot", count: 112, "sum:price": "77.50" },
          { climate: "", count: 2, "sum:price": null },
        ],
      }
    : { rows: [{ count: 412, "sum:price": "977.50", "avg:price": "2.3726" }] };

export const SERVER = {
  "GET /planets": listed,
  "GET /planets/aggregate": measured,
  "GET /saved-views": { rows: [], next: null },
  "GET /divisions": [],
};

export function open(search = "", replies: Parameters<typeof serve>[0] = {}) {
  const calls = serve({ ...SERVER, ...replies });
  const drawn = draw(<ListScreen object={planets} />, { at: `/planets${search}`, path: "/:collection" });
  return { calls, ...drawn };
}

/** The cell of a line and a column, once the rows are there. */
export const cell = async (line: number, column: number) => {
  await screen.findByText("水星");
  return document.querySelector(`[data-cell="${line}:${column}"]`) as HTMLElement;
};
/** What the list last asked for rows with. */
export const asked = (calls: Call[]) =>
  calls.findLast(({ method, path, query }) => method === "GET" && path === "/planets" && !query.get("total"))?.query;

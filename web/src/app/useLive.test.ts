import { QueryClient } from "@tanstack/react-query";
import { describe, expect, it } from "vitest";
import { refetchWhatMoved } from "./useLive";

const still = { last: 7, changed: {}, everything: false, unread: 0, waiting: 0, revision: 1 };

function asked() {
  const queries = new QueryClient();
  for (const key of [["stones", "list"], ["birds", "list"], ["birds", 1, "page"], ["changes"]]) queries.setQueryData(key, {});
  return { queries, stale: (key: unknown[]) => queries.getQueryState(key)?.isInvalidated };
}

describe("what others change", () => {
  it("asks anew for the lists of that collection and for open pages, and for nothing else", () => {
    const { queries, stale } = asked();
    refetchWhatMoved(queries, { ...still, changed: { stones: [3] } });
    expect([stale(["stones", "list"]), stale(["birds", "list"]), stale(["birds", 1, "page"]), stale(["changes"])]).toEqual([
      true,
      false,
      true,
      false,
    ]);
  });

  it("leaves everything alone when nothing moved", () => {
    const { queries, stale } = asked();
    refetchWhatMoved(queries, still);
    expect(stale(["stones", "list"])).toBe(false);
  });

  it("asks for everything when too much moved to name it", () => {
    const { queries, stale } = asked();
    refetchWhatMoved(queries, { ...still, everything: true });
    expect(stale(["birds", "list"])).toBe(true);
  });
});

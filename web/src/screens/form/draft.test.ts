import { renderHook } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { readDraft, useDraft } from "./draft";

const TYPED = { version: null, values: { name: "水星" } };

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
  localStorage.clear();
});

test("what was typed is kept a moment later", () => {
  renderHook(() => useDraft("draft:planets:new", TYPED, true));
  vi.advanceTimersByTime(300);
  expect(readDraft("draft:planets:new")).toEqual(TYPED);
});

test("what was saved before that moment is not offered again in the next form", () => {
  const { result } = renderHook(() => useDraft("draft:planets:new", TYPED, true));
  vi.advanceTimersByTime(100);
  result.current();
  vi.advanceTimersByTime(1000);
  expect(readDraft("draft:planets:new")).toBeNull();
});

import { act, render, screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { toast, Toasts } from "./toast";

beforeEach(() => {
  vi.useFakeTimers();
  render(<Toasts />);
});
afterEach(() => {
  act(() => {
    vi.runAllTimers();
  });
  vi.useRealTimers();
});

const pass = (milliseconds: number) =>
  act(() => {
    vi.advanceTimersByTime(milliseconds);
  });

test("the way back stands long enough to look at the result first", () => {
  act(() => {
    toast.ok("已保存");
    toast.undoable("批量修改完成：3 条", () => undefined);
  });
  pass(5000);
  expect(screen.queryByText("已保存")).toBeNull();
  expect(screen.getByRole("button", { name: "撤销" })).toBeTruthy();
  pass(8000);
  expect(screen.queryByRole("button", { name: "撤销" })).toBeNull();
});

test("what somebody is at does not vanish under her hand", () => {
  act(() => toast.undoable("已删除", () => undefined));
  const undo = screen.getByRole("button", { name: "撤销" });
  act(() => undo.focus());
  pass(60_000);
  expect(undo.isConnected).toBe(true);
  act(() => undo.blur());
  pass(13_000);
  expect(undo.isConnected).toBe(false);
});

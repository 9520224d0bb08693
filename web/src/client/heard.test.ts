import { afterEach, beforeAll, expect, test, vi } from "vitest";
import { hearPeople, painted } from "./heard";
import { call } from "./http";

const answer = () => Promise.resolve(new Response("{}", { status: 200 }));

beforeAll(hearPeople);
afterEach(() => {
  vi.unstubAllGlobals();
});

test("what was clicked shows it at once, the inside of a button too, and no longer than a moment", async () => {
  document.body.innerHTML = "<button><b>保存</b></button>";
  const button = document.querySelector("button");
  document.querySelector("b")?.click();
  expect(button?.hasAttribute("data-heard")).toBe(true);
  await vi.waitFor(() => {
    expect(button?.hasAttribute("data-heard")).toBe(false);
  });
});

test("what a click asks of the server is asked after the page was painted, and nothing waits without one", async () => {
  const ask = vi.fn(answer);
  vi.stubGlobal("fetch", ask);
  await vi.waitFor(() => {
    expect(painted()).toBeUndefined();
  });
  const frames: FrameRequestCallback[] = [];
  vi.stubGlobal("requestAnimationFrame", (frame: FrameRequestCallback) => frames.push(frame));
  document.body.click();
  const asked = call("GET", "/customers");
  await Promise.resolve();
  expect(ask).not.toHaveBeenCalled();
  frames.forEach((frame) => {
    frame(0);
  });
  await asked;
  expect(ask).toHaveBeenCalledTimes(1);
  await call("GET", "/customers");
  expect(ask).toHaveBeenCalledTimes(2);
});

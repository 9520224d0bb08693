import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { draw } from "../../testing/render";
import { Refusal, serve } from "../../testing/server";
import Numbering from "./Numbering";
import { written } from "./numbers";

const rule = {
  field: "planets.code",
  object: "行星",
  label: "编号",
  declared: "XX{yyyy}{mm}-{seq:5}",
  pattern: "XX{yyyy}{mm}-{seq:5}",
  next: 43,
  sample: "",
};
const MARCH = new Date(2026, 2, 9);

test("a pattern is written as the server writes it, or not at all", () => {
  expect(written("XX{yyyy}{mm}-{seq:5}", 43, MARCH)).toBe("XX202603-00043");
  expect(written("{yy}{dd}/{seq}", 123456, MARCH)).toBe("2609/123456");
  for (const wrong of ["XX", "{seq:3}{seq:3}", "{year}{seq:5}", "{{seq:5}", "{seq:13}", "{seq:0}"])
    expect(written(wrong, 1, MARCH), wrong).toBeNull();
});

test("the next number follows what is typed, and is saved", async () => {
  const calls = serve({ "GET /numbering": { rows: [rule] }, "POST /numbering/planets.code": { rows: [] } });
  draw(<Numbering />);
  const input = await screen.findByRole("textbox", { name: /行星/ });
  await userEvent.clear(input);
  await userEvent.type(input, "P-{{seq:4}");
  expect(screen.getByText("P-0043")).toBeTruthy();
  await userEvent.type(input, "{Enter}");
  await waitFor(() => expect(calls.find(({ method }) => method === "POST")?.body).toEqual({ pattern: "P-{seq:4}" }));
});

test("why a pattern cannot be stands beside it, and a changed one can be as declared again", async () => {
  const calls = serve({
    "GET /numbering": { rows: [{ ...rule, pattern: "P{seq:4}" }] },
    "POST /numbering/planets.code": ({ body }) =>
      (body as { pattern: string | null }).pattern === null
        ? { rows: [] }
        : new Refusal(422, { code: "invalid", message: "规则不对", fields: { pattern: "要有流水号" } }),
  });
  draw(<Numbering />);
  await userEvent.click(await screen.findByRole("button", { name: "恢复原样" }));
  await waitFor(() => expect(calls.find(({ method }) => method === "POST")?.body).toEqual({ pattern: null }));
  await userEvent.type(screen.getByRole("textbox", { name: /行星/ }), "x{Enter}");
  expect(await screen.findByRole("alert")).toHaveProperty("textContent", "要有流水号");
});

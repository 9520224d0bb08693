import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import { asked, cell, listed, measured, open, ROWS } from "../../testing/planetList";
import type { Call } from "../../testing/server";

test("the foot adds up the whole filter, and another way of adding is kept in the address", async () => {
  const { router } = open();
  const foot = await screen.findByRole("row", { name: "全部行星的汇总" });
  await waitFor(() => expect(foot.textContent).toContain("平均 ¥2.37"));
  await userEvent.click(within(foot).getByRole("button", { name: /^地价：平均 / }));
  await userEvent.click(await screen.findByRole("menuitem", { name: "合计" }));
  await waitFor(() => expect(foot.textContent).toContain("合计 ¥977.5"));
  expect(router.state.location.search).toBe("?totals=price%3Asum");
});

test("a group is a head with its figures until it is unfolded, and then asks for its rows alone", async () => {
  const { calls } = open("?group=climate&totals=price%3Asum");
  const cold = (await screen.findByText("300 条")).closest("[role=row]") as HTMLElement;
  expect(screen.getAllByText(/^\d+ 条$/).map((count) => count.textContent)).toContain("2 条");
  expect(within(cold).getByText("¥900")).toBeTruthy();
  expect([...document.querySelectorAll(".grid-group strong")].map((name) => name.textContent)).toEqual([
    "炎热",
    "寒冷",
    "（未填）",
  ]);
  expect(screen.queryByText("水星")).toBeNull();
  await userEvent.click(cold);
  expect(await screen.findByText("水星")).toBeTruthy();
  expect(JSON.parse(asked(calls)?.get("filter") ?? "")).toEqual({ field: "climate", op: "eq", value: "cold" });
});

test("a group within a group has figures of its own, and its rows are those of both", async () => {
  const { calls } = open("?group=climate%2Cphase&totals=price%3Asum", {
    "GET /planets/aggregate": (call: Call) =>
      call.query.get("group") === "phase"
        ? {
            rows: [
              { phase: "alive", count: 20, "sum:price": "70.00" },
              { phase: "dust", count: 280, "sum:price": "830.00" },
            ],
          }
        : measured(call),
  });
  await userEvent.click((await screen.findByText("寒冷")).closest("[role=row]") as HTMLElement);
  const dust = (await screen.findByText("280 条")).closest("[role=row]") as HTMLElement;
  expect([...document.querySelectorAll(".grid-group strong")].map((name) => name.textContent)).toEqual([
    "炎热",
    "寒冷",
    "尘埃",
    "有生命",
    "（未填）",
  ]);
  expect([dust.getAttribute("aria-level"), within(dust).getByText("¥830").textContent]).toEqual(["2", "¥830"]);
  expect(JSON.parse(calls.find(({ query }) => query.get("group") === "phase")?.query.get("filter") ?? "")).toEqual({
    field: "climate",
    op: "eq",
    value: "cold",
  });
  await userEvent.click(dust);
  expect(await screen.findByText("水星")).toBeTruthy();
  expect(JSON.parse(asked(calls)?.get("filter") ?? "")).toEqual({
    and: [
      { field: "climate", op: "eq", value: "cold" },
      { field: "phase", op: "eq", value: "dust" },
    ],
  });
});

test("colour rules are held against the rows by the server; the first that is met decides", async () => {
  const rules = [
    { filter: { field: "price", op: "gte", value: "20" }, tint: "red" },
    { filter: { field: "climate", op: "eq", value: "hot" }, tint: "gold", field: "climate" },
  ];
  const { calls } = open(`?rules=${encodeURIComponent(JSON.stringify(rules))}`, {
    "GET /planets": (call: Call) =>
      call.query.get("total")
        ? listed(call)
        : {
            rows: [
              { ...ROWS[0], _meets: [false, true] },
              { ...ROWS[1], _meets: [true, false] },
            ],
            next: null,
          },
  });
  const hot = await cell(0, 1);
  expect(JSON.parse(asked(calls)?.get("meets") ?? "")).toEqual(rules.map(({ filter }) => filter));
  expect(hot.className).toContain("tint-gold");
  expect(hot.closest("[role=row]")?.className).not.toContain("tint");
  expect(screen.getByText("海王星").closest("[role=row]")?.className).toContain("tint-red");
});

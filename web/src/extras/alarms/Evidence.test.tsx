import { screen, within } from "@testing-library/react";
import { expect, test } from "vitest";
import { planets } from "../../testing/planets";
import { draw } from "../../testing/render";
import { serve } from "../../testing/server";
import Evidence from "./Evidence";

test("what was opened is named and leads there; what the auditor may not see is only counted", async () => {
  const at = "2026-03-02T10:00:00+08:00";
  serve({
    "GET /alarms/5/evidence": {
      rows: [
        { at, collection: "planets", object: "行星", record: 8, title: "金星", count: 1, through: "web" },
        { at, collection: "planets", object: "行星", record: 9, title: "", count: 1, through: "web" },
        { at, collection: "planets", object: "行星", record: null, title: "", count: 120, through: "" },
      ],
    },
  });
  draw(<Evidence object={planets} record={{ id: 5, version: 1 }} />);
  const rows = within(await screen.findByRole("region", { name: "告警依据" })).getAllByRole("listitem");
  expect(
    within(rows[0] as HTMLElement)
      .getByRole("link", { name: "金星" })
      .getAttribute("href"),
  ).toBe("/planets/8");
  expect(rows[1]?.textContent).toContain("您看不到的记录");
  expect(rows[2]?.textContent).toContain("导出 120 条");
});

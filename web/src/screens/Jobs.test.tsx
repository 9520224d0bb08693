import { screen, within } from "@testing-library/react";
import { expect, test } from "vitest";
import type { Job } from "../client/jobs";
import { draw } from "../testing/render";
import { serve } from "../testing/server";
import Jobs from "./Jobs";

const JOB: Job = {
  id: 7,
  kind: "import",
  label: "导入 行星.csv",
  state: "done",
  done: 1240,
  total: 1240,
  log: [],
  result: { created: 1200, updated: 37, skipped: 0, refused: 3 },
  error: null,
  files: [],
  created_at: "2026-11-22T09:00:00+08:00",
  started_at: null,
  finished_at: null,
};

test("a line of the background jobs says what came of the work, and nothing that is zero", async () => {
  serve({ "GET /jobs": { rows: [JOB, { ...JOB, id: 8, label: "导出行星", result: { rows: 12 } }], next: null } });
  draw(<Jobs />);
  const line = within(await screen.findByRole("link", { name: /导入 行星.csv/ }));
  expect(["新建 1,200", "更新 37", "拒绝 3"].filter((said) => line.queryByText(said) === null)).toEqual([]);
  expect(line.queryByText(/跳过/)).toBeNull();
  expect(within(screen.getByRole("link", { name: /导出行星/ })).getByText("行数 12")).toBeTruthy();
});

import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";
import type { Job } from "../../client/jobs";
import { draw } from "../../testing/render";
import { serve } from "../../testing/server";
import { PutBack } from "./PutBack";

const job: Job = {
  id: 7,
  kind: "options_replace",
  label: "把“炎热”改成“寒冷”",
  state: "done",
  done: 3,
  total: 3,
  log: [],
  result: {},
  error: null,
  files: [],
  created_at: "",
  started_at: null,
  finished_at: null,
};

test("finished work is taken back after saying what that does, and one lands at the job that does it", async () => {
  const calls = serve({ "POST /jobs/7/put-back": { ...job, id: 8 } });
  const { router } = draw(<PutBack job={job} />);
  await userEvent.click(screen.getByRole("button", { name: /撤\s?销/ }));
  await userEvent.click(within(screen.getByRole("dialog")).getByRole("button", { name: /撤\s?销/ }));
  await waitFor(() => expect(router.state.location.pathname).toBe("/jobs/8"));
  expect(calls.map(({ method, path }) => `${method} ${path}`)).toEqual(["POST /jobs/7/put-back"]);
});

test("what is not done, or has no way back, offers none", () => {
  serve({});
  draw(
    <>
      <PutBack job={{ ...job, state: "failed" }} />
      <PutBack job={{ ...job, kind: "export" }} />
    </>,
  );
  expect(screen.queryByRole("button", { name: /撤\s?销/ })).toBeNull();
});

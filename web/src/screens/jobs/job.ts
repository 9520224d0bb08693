import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { jobs } from "../../client/api";
import { notifications } from "../../client/live";
import type { Job, JobState } from "../../client/jobs";
import type { Id } from "../../client/types";

export const STATES: Record<JobState, string> = {
  waiting: "等待中",
  running: "进行中",
  done: "已完成",
  failed: "没有成功",
  cancelled: "已取消",
};

export const isOver = (job: Job | undefined) => job !== undefined && !["waiting", "running"].includes(job.state);

export const progress = (job: Job): number =>
  job.state === "done" ? 100 : job.total ? Math.min(99, Math.floor((job.done / job.total) * 100)) : 0;

/** A job, watched until it is over. */
export function useJob(id: Id | null | undefined) {
  const job = useQuery({
    queryKey: ["jobs", id],
    queryFn: () => jobs.get(id ?? ""),
    enabled: id !== null && id !== undefined,
    refetchInterval: ({ state }) => (isOver(state.data) ? false : 700),
  });
  useSeen(isOver(job.data) ? job.data?.id : undefined);
  return job;
}

/** Whoever looks at its end needs not be told of it. */
function useSeen(id: Id | undefined): void {
  const queries = useQueryClient();
  useEffect(() => {
    if (id === undefined) return;
    notifications.seen("jobs", id).then(
      () => queries.invalidateQueries({ queryKey: ["changes"] }),
      () => undefined,
    );
  }, [id, queries]);
}

import { useQuery } from "@tanstack/react-query";
import { jobs } from "../../client/api";
import type { Id, Job, JobState } from "../../client/types";

export const STATES: Record<JobState, string> = { waiting: "等待中", running: "进行中", done: "已完成", failed: "没有成功", cancelled: "已取消" };

export const isOver = (job: Job | undefined) => job !== undefined && !["waiting", "running"].includes(job.state);

export const progress = (job: Job): number => (job.state === "done" ? 100 : job.total ? Math.min(99, Math.floor((job.done / job.total) * 100)) : 0);

/** A job, watched until it is over. */
export function useJob(id: Id | null | undefined) {
  return useQuery({
    queryKey: ["jobs", id],
    queryFn: () => jobs.get(id ?? ""),
    enabled: id !== null && id !== undefined,
    refetchInterval: ({ state }) => (isOver(state.data) ? false : 700),
  });
}

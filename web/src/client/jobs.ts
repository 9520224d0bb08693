/** 后台任务: what runs behind the scenes, how far it is and what it left. */
import type { Id } from "./types";

export type JobState = "waiting" | "running" | "done" | "failed" | "cancelled";
export interface Job {
  id: Id;
  kind: string;
  label: string;
  state: JobState;
  done: number;
  total: number | null;
  log: { at: string; text: string }[];
  result: Record<string, unknown> | null;
  error: string | null;
  files: { id: Id; name: string; size: number }[];
  created_at: string;
  started_at: string | null;
  finished_at: string | null;
}

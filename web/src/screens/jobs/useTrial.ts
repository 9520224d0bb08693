import { useState } from "react";
import type { Job } from "../../client/jobs";
import type { Id } from "../../client/types";
import { useAttempt } from "../../kit/useAttempt";
import { isOver, useJob } from "./job";

/** Something tried on the past: answered at once, or, where there is much to look through, by a job one may watch and stop. */
export function useTrial<T extends object>() {
  const [told, setTold] = useState<T | null>(null);
  const [id, setId] = useState<Id | null>(null);
  const { busy, attempt } = useAttempt();
  const job = useJob(id).data;
  const run = (ask: () => Promise<T | Job>) =>
    attempt(async () => {
      setTold(null);
      setId(null);
      const answer = await ask();
      if ("kind" in answer) setId(answer.id);
      else setTold(answer);
    });
  const done = id !== null && job?.state === "done";
  return {
    run,
    busy: busy || (id !== null && !isOver(job)),
    told: done ? (job.result as unknown as T) : told,
    job: id !== null && !done ? job : undefined,
  };
}

import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { imports } from "../../client/api";
import type { Import, ImportChange } from "../../client/imports";
import type { Job } from "../../client/jobs";
import type { Id } from "../../client/types";
import { toast } from "../../kit/toast";
import { isOver, useJob } from "../jobs/job";

/** An import, its job while one runs, and the four things that can be done with it. */
export function useImport(id: Id) {
  const queries = useQueryClient();
  const key = ["imports", String(id)];
  const asked = useQuery({ queryKey: key, queryFn: () => imports.get(id), staleTime: 0 });
  const job = useJob(asked.data?.job);
  const [seen, setSeen] = useState<Id | null>(null);
  const [saving, setSaving] = useState(false);
  if (job.data && isOver(job.data) && seen !== job.data.id) {
    setSeen(job.data.id);
    void queries.invalidateQueries();
  }
  const change = async (body: ImportChange) => {
    const now = asked.data;
    if (now) queries.setQueryData<Import>(key, { ...now, ...body });
    setSaving(true);
    try {
      queries.setQueryData(key, await imports.change(id, body));
    } catch (cause) {
      toast.error(cause);
      queries.setQueryData(key, now);
    } finally {
      setSaving(false);
    }
  };
  const start = (step: (id: Id) => Promise<Job>) => async () => {
    try {
      const begun = await step(id);
      queries.setQueryData(["jobs", begun.id], begun);
      await asked.refetch();
    } catch (cause) {
      toast.error(cause);
    }
  };
  return {
    asked,
    job: job.data,
    saving,
    change,
    check: start(imports.check),
    run: start(imports.run),
    undo: start(imports.undo),
  };
}

export type ImportWork = ReturnType<typeof useImport>;

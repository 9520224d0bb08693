import { Button } from "antd";
import { jobs } from "../../client/api";
import type { Id } from "../../client/types";
import { Dialog } from "../../kit/Dialog";
import { Problem } from "../../kit/Problem";
import { Skeleton } from "../../kit/Skeleton";
import { isOver, useJob } from "./job";
import { JobState } from "./JobState";

/** A job while one waits for it; it may be left and found again among the background jobs. */
export default function JobDialog({ id, title, onClose }: { id: Id; title: string; onClose: () => void }) {
  const job = useJob(id);
  const over = isOver(job.data);
  return (
    <Dialog
      title={title}
      width={480}
      onCancel={onClose}
      footer={
        <>
          {!over && (
            <Button danger onClick={() => void jobs.cancel(id).then(() => job.refetch())}>
              停止
            </Button>
          )}
          <Button type="primary" onClick={onClose}>
            {over ? "关闭" : "先离开，在后台继续"}
          </Button>
        </>
      }
    >
      {job.isPending ? <Skeleton rows={2} /> : !job.data ? <Problem cause={job.error} /> : <JobState job={job.data} />}
    </Dialog>
  );
}

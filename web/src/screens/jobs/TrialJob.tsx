import { Button } from "antd";
import { jobs } from "../../client/api";
import type { Job } from "../../client/jobs";
import { isOver } from "./job";
import { JobState } from "./JobState";

/** How far a trial has come, where it takes longer than a moment. */
export function TrialJob({ job }: { job: Job }) {
  return (
    <div className="trial">
      <JobState job={job} />
      {!isOver(job) && (
        <p>
          <Button size="small" onClick={() => void jobs.cancel(job.id)}>
            停止
          </Button>
        </p>
      )}
    </div>
  );
}

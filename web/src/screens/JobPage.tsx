import { Button } from "antd";
import { Link, useParams } from "react-router";
import { jobs } from "../client/api";
import { asId } from "../kinds/values";
import { nearText } from "../kinds/dates";
import { Problem } from "../kit/Problem";
import { Skeleton } from "../kit/Skeleton";
import { isOver, useJob } from "./jobs/job";
import { JobState } from "./jobs/JobState";
import { PutBack } from "./jobs/PutBack";

export default function JobPage() {
  const { id = "" } = useParams();
  const job = useJob(id);
  if (job.isPending)
    return (
      <div className="page">
        <Skeleton />
      </div>
    );
  if (!job.data) return <Problem cause={job.error} />;
  const made = asId(job.data.result?.import);
  return (
    <div className="page narrow-page">
      <title>{`${job.data.label} · 知客`}</title>
      <nav className="crumbs" aria-label="位置">
        <Link to="/jobs">后台任务</Link>
      </nav>
      <h1>{job.data.label}</h1>
      <p className="muted">
        开始于 {nearText(job.data.started_at ?? job.data.created_at)}
        {job.data.finished_at && `，结束于 ${nearText(job.data.finished_at)}`}
      </p>
      <JobState job={job.data} />
      <div className="toolbar">
        {made !== null && (
          <Link to={`/imports/${made}`}>
            <Button>查看这次导入</Button>
          </Link>
        )}
        <PutBack job={job.data} />
        {!isOver(job.data) && (
          <Button danger onClick={() => void jobs.cancel(id).then(() => job.refetch())}>
            停止
          </Button>
        )}
      </div>
    </div>
  );
}

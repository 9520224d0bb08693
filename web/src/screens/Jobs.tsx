import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";
import { jobs } from "../client/api";
import type { Job } from "../client/jobs";
import { nearText } from "../kinds/dates";
import { Empty } from "../kit/Empty";
import { Problem } from "../kit/Problem";
import { Skeleton } from "../kit/Skeleton";
import { isOver, progress } from "./jobs/job";
import { figuresOf } from "./jobs/Outcome";
import { StateBadge } from "./jobs/JobState";

/** Imports, exports and other long work of this person. */
export default function Jobs() {
  const list = useQuery({
    queryKey: ["jobs"],
    queryFn: jobs.list,
    refetchInterval: ({ state }) => (state.data?.rows.every(isOver) ? false : 1500),
  });
  return (
    <div className="page narrow-page">
      <title>后台任务 · 知客</title>
      <h1>后台任务</h1>
      {list.isPending ? <Skeleton /> : !list.data ? <Problem cause={list.error} /> : <JobRows rows={list.data.rows} />}
    </div>
  );
}

function JobRows({ rows }: { rows: Job[] }) {
  if (rows.length === 0) return <Empty title="还没有后台任务" hint="导入、导出和大批量修改会在这里显示进度和结果。" />;
  return (
    <ul className="rows">
      {rows.map((job) => (
        <JobRow key={job.id} job={job} />
      ))}
    </ul>
  );
}

/** What came of it in a few figures: nothing that is zero. */
function Came({ job }: { job: Job }) {
  return (
    <>
      {figuresOf(job.result ?? {})
        .filter(([, , count]) => count > 0)
        .map(([key, word, count]) => (
          <span key={key} className="came">{`${word} ${count.toLocaleString("zh-CN")}`}</span>
        ))}
    </>
  );
}

function JobRow({ job }: { job: Job }) {
  return (
    <li>
      <Link to={`/jobs/${job.id}`} className="row-link">
        <strong>{job.label}</strong>
        <StateBadge job={job} />
        <span className="muted figure">{isOver(job) ? <Came job={job} /> : `${progress(job)}%`}</span>
        <span className="spacer" />
        <time className="muted">{nearText(job.created_at)}</time>
      </Link>
    </li>
  );
}

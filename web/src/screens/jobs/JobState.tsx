import { Button, Progress } from "antd";
import { useState } from "react";
import { useTakeBack } from "../../app/useUndo";
import { files } from "../../client/api";
import type { Job } from "../../client/jobs";
import type { Id } from "../../client/types";
import { nearText } from "../../kinds/dates";
import { asId } from "../../kinds/values";
import { isOver, progress, STATES } from "./job";
import { Outcome } from "./Outcome";

const COLOURS = { waiting: "grey", running: "blue", done: "green", failed: "red", cancelled: "orange" };

export const StateBadge = ({ job }: { job: Job }) => (
  <span className={`badge badge-${COLOURS[job.state]}`}>{STATES[job.state]}</span>
);

/** How far a job is, what it said, and what it made. */
export function JobState({ job }: { job: Job }) {
  const changeset = job.state === "done" ? asId(job.result?.changeset) : null;
  return (
    <div className="job-state">
      <p role="status">
        <StateBadge job={job} /> <span className="figure">{counted(job)}</span>
      </p>
      {!isOver(job) && <Progress percent={progress(job)} showInfo={false} status="active" aria-label="进度" />}
      {job.error && (
        <p className="notice notice-error" role="alert">
          {job.error}
        </p>
      )}
      {job.state === "done" && job.result && <Outcome result={job.result} />}
      {job.files.map((file) => (
        <p key={file.id}>
          <a href={files.link(file.id)} download={file.name}>
            下载 {file.name}
          </a>
        </p>
      ))}
      {changeset !== null && <TakeBack changeset={changeset} />}
      {job.log.length > 0 && (
        <ol className="job-log">
          {job.log.slice(-20).map(({ at, text }, index) => (
            <li key={index}>
              <time>{nearText(at)}</time> {text}
            </li>
          ))}
        </ol>
      )}
    </div>
  );
}

/** How many of how many it has done, as far as that is known. */
function counted({ state, done, total }: Job): string {
  if (state === "done") return "";
  if (total) return `${done.toLocaleString("zh-CN")} / ${total.toLocaleString("zh-CN")}`;
  return done ? done.toLocaleString("zh-CN") : "";
}

/** What a job has changed can be undone as a whole. */
function TakeBack({ changeset }: { changeset: Id }) {
  const takeBack = useTakeBack();
  const [begun, setBegun] = useState(false);
  return (
    <p>
      <Button
        disabled={begun}
        onClick={() => {
          setBegun(true);
          void takeBack(changeset);
        }}
      >
        撤销这次操作
      </Button>
    </p>
  );
}

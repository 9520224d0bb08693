import { Button } from "antd";
import { useState } from "react";
import { useNavigate } from "react-router";
import { optionSets } from "../../client/settings";
import type { Job } from "../../client/jobs";
import { Ask } from "../../kit/ask";

/** Long work that can be taken back, and what that means for the records. */
const WAYS_BACK: Record<string, { back: (id: Job["id"]) => Promise<Job>; says: string }> = {
  options_replace: { back: optionSets.putBack, says: "改写过的记录恢复成原来的选项；之后又有人改过的不动。" },
};

/** The way back from finished work, after saying what will happen. */
export function PutBack({ job }: { job: Job }) {
  const [asking, setAsking] = useState(false);
  const navigate = useNavigate();
  const way = WAYS_BACK[job.kind];
  if (!way || job.state !== "done") return null;
  const go = async () => {
    const made = await way.back(job.id);
    await navigate(`/jobs/${made.id}`);
  };
  return (
    <>
      <Button onClick={() => setAsking(true)}>撤销</Button>
      {asking && (
        <Ask title={`撤销“${job.label}”`} ok="撤销" onOk={go} onClose={() => setAsking(false)}>
          <p>{way.says}</p>
        </Ask>
      )}
    </>
  );
}

import { Button } from "antd";
import { useState } from "react";
import { Link, useParams } from "react-router";
import { useDescription } from "../app/meta";
import { jobs } from "../client/api";
import type { Import as ImportRow } from "../client/imports";
import type { Description } from "../client/types";
import { Problem } from "../kit/Problem";
import { Skeleton } from "../kit/Skeleton";
import { Choices } from "./import/Choices";
import { MappingTable } from "./import/MappingTable";
import { PreviewTable } from "./import/PreviewTable";
import { Result, Told } from "./import/Result";
import { Steps } from "./import/Steps";
import { uncovered } from "./import/targets";
import { UnknownValues } from "./import/UnknownValues";
import { useImport, type ImportWork } from "./import/useImport";
import { isOver } from "./jobs/job";
import { JobState } from "./jobs/JobState";
import NotFound from "./NotFound";

/** From a file to records: what each column means, a dry run, the run, and the way back. */
export default function Import() {
  const { id = "" } = useParams();
  const work = useImport(id);
  const { data } = work.asked;
  const object = useDescription(data?.collection ?? "");
  if (work.asked.isPending) return <Skeleton />;
  if (work.asked.isError && !data) return <Problem cause={work.asked.error} />;
  if (!data || !object) return <NotFound />;
  return (
    <div className="page wizard">
      <title>{`导入${object.label} · 知客`}</title>
      <h1>导入{object.label}</h1>
      <p className="muted">{[data.filename, data.encoding, data.sheet].filter(Boolean).join(" · ")}</p>
      <Stage object={object} import_={data} work={work} />
    </div>
  );
}

interface StageProps {
  object: Description;
  import_: ImportRow;
  work: ImportWork;
}

function Stage({ object, import_, work }: StageProps) {
  const [back, setBack] = useState(false);
  const running = work.job !== undefined && !isOver(work.job);
  if (running)
    return (
      <>
        <Steps at={import_.state === "running" ? 3 : 2} />
        <Running work={work} />
      </>
    );
  if (["done", "undone", "failed"].includes(import_.state))
    return (
      <>
        <Steps at={4} />
        <Failed work={work} />
        <Result object={object} import_={import_} undo={work.undo} />
      </>
    );
  if (import_.state === "checked" && !back)
    return (
      <>
        <Steps at={2} />
        <Checked object={object} import_={import_} work={work} again={() => setBack(true)} />
      </>
    );
  return (
    <>
      <Steps at={1} />
      <Mapped
        object={object}
        import_={import_}
        work={work}
        check={() => {
          setBack(false);
          void work.check();
        }}
      />
    </>
  );
}

function Mapped({ object, import_, work, check }: StageProps & { check: () => void }) {
  const lacking = uncovered(object, import_);
  const put = (mapping: Partial<ImportRow["mapping"]>) => void work.change({ mapping: { ...import_.mapping, ...mapping } });
  return (
    <>
      <section className="panel">
        <h2>每一栏对应什么</h2>
        <MappingTable object={object} import_={import_} onColumns={(columns) => put({ columns })} />
        <Choices object={object} import_={import_} work={work} />
      </section>
      <UnknownValues object={object} import_={import_} onValues={(values) => put({ values })} />
      <PreviewTable object={object} import_={import_} />
      <div className="wizard-foot">
        {lacking.length > 0 && (
          <span className="reason" role="status">
            还缺必填的：{lacking.map(({ label }) => label).join("、")}
          </span>
        )}
        <span className="spacer" />
        <Button type="primary" size="large" disabled={work.saving} onClick={check}>
          检查全部数据
        </Button>
      </div>
    </>
  );
}

function Running({ work }: { work: ImportWork }) {
  const { job } = work;
  if (!job) return null;
  return (
    <section className="panel">
      <h2>{job.label}</h2>
      <JobState job={job} />
      <div className="toolbar">
        <Link to="/jobs">
          <Button>先离开，在后台继续</Button>
        </Link>
        <Button danger onClick={() => void jobs.cancel(job.id)}>
          停止
        </Button>
      </div>
    </section>
  );
}

const Failed = ({ work }: { work: ImportWork }) =>
  work.job?.error ? (
    <p className="notice notice-error" role="alert">
      {work.job.error}
    </p>
  ) : null;

function Checked({ object, import_, work, again }: StageProps & { again: () => void }) {
  const { result } = import_;
  const good = result ? result.created + result.updated : 0;
  return (
    <>
      <section className="panel">
        <h2>检查完成，还没有写入任何数据</h2>
        <Failed work={work} />
        {result && <Told object={object} result={result} />}
        <div className="toolbar">
          <Button type="primary" size="large" disabled={good === 0} onClick={() => void work.run()}>
            开始导入 {good.toLocaleString("zh-CN")} 行
          </Button>
          <Button size="large" onClick={again}>
            返回修改对应关系
          </Button>
        </div>
      </section>
      {result !== null && result.refused > 0 && <PreviewTable object={object} import_={import_} wrongOnly />}
    </>
  );
}

import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";
import { insight, type Trace } from "../../client/insight";
import type { Description, RecordRow } from "../../client/types";
import { nearText } from "../../kinds/dates";
import { Problem } from "../../kit/Problem";
import { Skeleton } from "../../kit/Skeleton";

/** What somebody opened, revealed or took along in that hour or day; what the auditor may not see herself has no name here. */
export default function Evidence({ object, record }: { object: Description; record: RecordRow }) {
  const found = useQuery({ queryKey: [object.collection, record.id, "evidence"], queryFn: () => insight.evidence(record.id) });
  if (found.isPending)
    return (
      <section className="panel">
        <Skeleton />
      </section>
    );
  if (!found.data) return <Problem cause={found.error} retry={() => void found.refetch()} />;
  return (
    <section className="panel" aria-label="告警依据">
      <div className="panel-head">
        <h2>告警依据</h2>
        <span className="muted">{`共 ${found.data.length} 次，最多列出 200 次`}</span>
      </div>
      {found.data.length === 0 && <p className="nothing-yet">这段时间里没有留下访问记录</p>}
      <ul className="shares">
        {found.data.map((trace, index) => (
          <Line key={index} trace={trace} />
        ))}
      </ul>
    </section>
  );
}

function Line({ trace: { at, collection, object, record, title, count, through } }: { trace: Trace }) {
  const what = title ? (
    <Link to={`/${collection}/${record}`}>{title}</Link>
  ) : (
    <span className="muted">{record === null ? `导出 ${count} 条` : "您看不到的记录"}</span>
  );
  return (
    <li>
      <time className="muted figure" dateTime={at}>
        {nearText(at)}
      </time>{" "}
      <span>{object}</span> <strong>{what}</strong> <small className="muted">{through}</small>
    </li>
  );
}

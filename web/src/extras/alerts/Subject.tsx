import { Link } from "react-router";
import { useMeta } from "../../app/meta";
import type { Description, Id, RecordRow } from "../../client/types";
import { useName } from "../automation/useName";

/** What an alert is about: the record itself, to be opened. */
export default function Subject({ record }: { object: Description; record: RecordRow }) {
  const target = useMeta().objects[typeof record.collection === "string" ? record.collection : ""];
  const id = record.record as Id;
  const { name, missing } = useName(target, id);
  if (!target) return null;
  return (
    <section className="panel" aria-label="相关记录">
      <div className="panel-head">
        <h2>相关记录</h2>
      </div>
      {missing ? (
        <p className="muted">您无权查看这条记录，或它已被删除</p>
      ) : (
        <p className="linked">
          {target.label}：<Link to={`/${target.collection}/${id}`}>{name}</Link>
        </p>
      )}
    </section>
  );
}

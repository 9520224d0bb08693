/** 导入对应关系: what was saved in the import wizard, to be cleared away when nobody needs it any more. */
import { useQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { useState } from "react";
import { Link } from "react-router";
import { useMeta } from "../../app/meta";
import "../../app/upkeep.css";
import { upkeep, type KeptMapping } from "../../client/upkeep";
import { Ask } from "../../kit/ask";
import { Empty } from "../../kit/Empty";
import { groups } from "../../kit/groups";
import { Problem } from "../../kit/Problem";
import { Skeleton } from "../../kit/Skeleton";
import { toast } from "../../kit/toast";

export default function Mappings() {
  const { objects } = useMeta();
  const [dropping, setDropping] = useState<KeptMapping | null>(null);
  const found = useQuery({ queryKey: ["import-mappings"], queryFn: upkeep.mappings });
  if (found.isPending)
    return (
      <div className="page narrow-page">
        <Skeleton rows={6} />
      </div>
    );
  if (found.isError) return <Problem cause={found.error} retry={() => void found.refetch()} />;
  const drop = async ({ id, name }: KeptMapping) => {
    await upkeep.dropMapping(id);
    toast.ok(`已删除“${name}”`);
    await found.refetch();
  };
  return (
    <div className="page narrow-page">
      <title>导入对应关系 · 知客</title>
      <h1>导入对应关系</h1>
      <p className="muted">导入时保存下来的“哪一列对应哪个字段”，下次导入同样的表可以直接选用。</p>
      {found.data.length === 0 && (
        <Empty title="还没有保存的对应关系" hint="导入时在“对应字段”一步可以保存。">
          <Link to="/imports/new">去导入</Link>
        </Empty>
      )}
      {groups(found.data, ({ collection }) => objects[collection]?.label ?? collection).map(([label, rows]) => (
        <section key={label} aria-label={label} className="mappings">
          <h2>{label}</h2>
          <ul className="rows">
            {rows.map((row) => (
              <Row key={row.id} row={row} onDrop={() => setDropping(row)} />
            ))}
          </ul>
        </section>
      ))}
      {dropping && (
        <Ask title={`删除“${dropping.name}”`} ok="删除" danger onOk={() => drop(dropping)} onClose={() => setDropping(null)}>
          <p>以前用它导入的数据不受影响。</p>
        </Ask>
      )}
    </div>
  );
}

function Row({ row, onDrop }: { row: KeptMapping; onDrop: () => void }) {
  const columns = Object.keys(row.mapping.columns);
  return (
    <li className="mapping">
      <div>
        <strong>{row.name}</strong>
        <p className="muted">
          {columns.length > 6 ? `${columns.slice(0, 6).join("、")} 等 ${columns.length} 列` : columns.join("、")}
        </p>
      </div>
      <span className="muted">{row.owner?.label ?? "随产品提供"}</span>
      {row.owner ? (
        <Button size="small" type="text" danger onClick={onDrop} aria-label={`删除“${row.name}”`}>
          删除
        </Button>
      ) : (
        <span />
      )}
    </li>
  );
}

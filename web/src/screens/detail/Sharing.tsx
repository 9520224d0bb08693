import { useQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { lazy, Suspense, useState } from "react";
import { useRefresh } from "../../app/refresh";
import { sharing, type Share } from "../../client/sharing";
import type { Description, RecordRow } from "../../client/types";
import { toast } from "../../kit/toast";

const ShareDialog = lazy(async () => ({ default: (await import("./ShareDialog")).ShareDialog }));

interface Props {
  object: Description;
  record: RecordRow;
}

/** 共享与协作: whom a record is open to beyond their roles, seen by everybody who sees the record. */
export function Sharing({ object, record }: Props) {
  const { collection } = object;
  const [asking, setAsking] = useState(false);
  const found = useQuery({
    queryKey: [collection, record.id, "shares"],
    queryFn: () => sharing.list(collection, record.id),
    enabled: object.shareable === true,
  });
  const rows = found.data?.rows ?? [];
  const beside = found.data?.beside ?? [];
  const may = found.data?.may_share === true;
  if (!may && rows.length + beside.length === 0) return null;
  return (
    <section className="panel" id="shares" aria-label="共享与协作">
      <div className="panel-head">
        <h2>共享与协作</h2>
        {may && (
          <Button size="small" onClick={() => setAsking(true)}>
            共享给…
          </Button>
        )}
      </div>
      {rows.length + beside.length === 0 && <p className="nothing-yet">只有负责人和权限范围内的同事能看到</p>}
      <ul className="shares">
        {beside.map((one) => (
          <li key={`${one.as}${one.to.id}`}>
            <strong>{one.to.label}</strong>
            <span>可查看和修改</span>
            <span className="muted">{one.as}</span>
          </li>
        ))}
        {rows.map((share) => (
          <Shared key={share.id} object={object} record={record} share={share} may={may} onChanged={() => void found.refetch()} />
        ))}
      </ul>
      {asking && (
        <Suspense>
          <ShareDialog object={object} record={record} onDone={() => void found.refetch()} onClose={() => setAsking(false)} />
        </Suspense>
      )}
    </section>
  );
}

function Shared({ object, record, share, may, onChanged }: Props & { share: Share; may: boolean; onChanged: () => void }) {
  const refresh = useRefresh();
  const takeBack = async () => {
    try {
      await sharing.takeBack(object.collection, record.id, share.id);
      toast.ok(`已取消共享给${share.to.label}`);
      onChanged();
      await refresh();
    } catch (cause) {
      toast.error(cause);
    }
  };
  return (
    <li>
      <strong>{share.to.label}</strong>
      <span>{share.change ? "可查看和修改" : "只可查看"}</span>
      <span className="muted">{share.until ? `到 ${share.until} 为止` : "长期"}</span>
      {share.by && <span className="muted">{`由${share.by.label}共享`}</span>}
      {may && (
        <Button size="small" type="text" aria-label={`取消共享给${share.to.label}`} onClick={() => void takeBack()}>
          取消
        </Button>
      )}
    </li>
  );
}

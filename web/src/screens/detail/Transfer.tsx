import { useQuery } from "@tanstack/react-query";
import { Checkbox } from "antd";
import { useState } from "react";
import { fieldOf } from "../../app/meta";
import { useRefresh } from "../../app/refresh";
import { records } from "../../client/api";
import type { Companion, Description, Ref, RecordRow } from "../../client/types";
import { RefPicker } from "../../kinds/RefPicker";
import { Ask } from "../../kit/ask";
import { toast } from "../../kit/toast";

interface Props { object: Description; record: RecordRow; onClose: () => void }

/** Handing a record to somebody else, with what belongs to it and is still to be done. */
export function Transfer({ object, record, onClose }: Props) {
  const [owner, setOwner] = useState<Ref | null>(null);
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const refresh = useRefresh();
  const companions = useQuery({ queryKey: [object.collection, record.id, "companions"], queryFn: () => records.companions(object.collection, record.id), staleTime: 0 });
  const offered = (companions.data?.rows ?? []).filter(({ count }) => count > 0);
  const along = offered.map(({ key }) => key).filter((key) => !left.has(key));
  const transfer = async () => {
    if (!owner) return;
    await records.transfer(object.collection, record.id, owner.id, along);
    toast.ok(`已转交给${owner.label}`);
    await refresh();
  };
  return (
    <Ask title={`转交${object.label}`} ok="转交" disabled={!owner || companions.isPending} onOk={transfer} onClose={onClose}>
      <div className="field">
        <label htmlFor="transfer-to">新的负责人</label>
        <RefPicker id="transfer-to" autoFocus to={fieldOf(object, "owner")?.to ?? "people"} label="新的负责人" value={owner} onChange={(next) => setOwner(Array.isArray(next) ? null : next)} />
      </div>
      {offered.length > 0 && <Along offered={offered} left={left} onChange={setLeft} />}
    </Ask>
  );
}

function Along({ offered, left, onChange }: { offered: Companion[]; left: ReadonlySet<string>; onChange: (left: ReadonlySet<string>) => void }) {
  const toggle = (key: string) => { const next = new Set(left); if (!next.delete(key)) next.add(key); onChange(next); };
  return (
    <fieldset className="along">
      <legend>一并转交</legend>
      {offered.map(({ key, label, count }) => (
        <Checkbox key={key} checked={!left.has(key)} onChange={() => toggle(key)}>{label} <span className="muted figure">{`${count} 条`}</span></Checkbox>
      ))}
      <p className="help">只转交由原负责人负责、尚未结束的记录；其余保持不变。</p>
    </fieldset>
  );
}

import { useState } from "react";
import { fieldOf } from "../../app/meta";
import { useRefresh } from "../../app/refresh";
import { records } from "../../client/api";
import type { Description, Ref, RecordRow } from "../../client/types";
import { RefPicker } from "../../kinds/RefPicker";
import { Ask } from "../../kit/ask";
import { toast } from "../../kit/toast";

/** Handing a record to somebody else. */
export function Transfer({ object, record, onClose }: { object: Description; record: RecordRow; onClose: () => void }) {
  const [owner, setOwner] = useState<Ref | null>(null);
  const refresh = useRefresh();
  const transfer = async () => {
    if (!owner) return;
    await records.transfer(object.collection, record.id, owner.id);
    toast.ok(`已转交给${owner.label}`);
    await refresh();
  };
  return (
    <Ask title={`转交${object.label}`} ok="转交" disabled={!owner} onOk={transfer} onClose={onClose}>
      <label htmlFor="transfer-to">新的负责人</label>
      <RefPicker id="transfer-to" autoFocus to={fieldOf(object, "owner")?.to ?? "people"} label="新的负责人" value={owner} onChange={(next) => setOwner(Array.isArray(next) ? null : next)} />
    </Ask>
  );
}

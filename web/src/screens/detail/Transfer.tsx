import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { fieldOf } from "../../app/meta";
import { useRefresh } from "../../app/refresh";
import { useUndo } from "../../app/useUndo";
import { records } from "../../client/api";
import type { Description, Ref, RecordRow } from "../../client/types";
import { RefPicker } from "../../kinds/RefPicker";
import { Ask } from "../../kit/ask";
import { Along, goingAlong, offeredOf } from "./Along";

interface Props {
  object: Description;
  record: RecordRow;
  onClose: () => void;
}

/** Handing a record to somebody else, with what belongs to it and is still to be done. */
export function Transfer({ object, record, onClose }: Props) {
  const [owner, setOwner] = useState<Ref | null>(null);
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const refresh = useRefresh();
  const told = useUndo();
  const companions = useQuery({
    queryKey: [object.collection, record.id, "companions"],
    queryFn: () => records.companions(object.collection, record.id),
    staleTime: 0,
  });
  const offered = offeredOf(companions.data?.rows);
  const transfer = async () => {
    if (!owner) return;
    const moved = await records.transfer(object.collection, record.id, owner.id, goingAlong(offered, left));
    told(`已转交给${owner.label}`, moved.changeset);
    await refresh();
  };
  return (
    <Ask title={`转交${object.label}`} ok="转交" disabled={!owner || companions.isPending} onOk={transfer} onClose={onClose}>
      <div className="field">
        <label htmlFor="transfer-to">新的负责人</label>
        <RefPicker
          id="transfer-to"
          autoFocus
          to={fieldOf(object, "owner")?.to ?? "people"}
          label="新的负责人"
          value={owner}
          onChange={(next) => setOwner(Array.isArray(next) ? null : next)}
        />
      </div>
      <Along offered={offered} left={left} onChange={setLeft} />
    </Ask>
  );
}

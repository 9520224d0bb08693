import { Button } from "antd";
import { useState } from "react";
import { useRefresh } from "../../app/refresh";
import { records } from "../../client/api";
import type { Description, RecordRow } from "../../client/types";
import { toast } from "../../kit/toast";
import { useAttempt } from "../../kit/useAttempt";

interface Props {
  own: Description;
  record: RecordRow;
  definition: string;
  saved: string;
}

/** Keeps the rules of a record, and says whether they are in force. */
export function SaveRules({ own, record, definition, saved }: Props) {
  const { busy, attempt } = useAttempt();
  const refresh = useRefresh();
  // As first shown, which is as kept: the server may have written the same with other spaces.
  const [kept, setKept] = useState(record.definition ? definition : "");
  const save = () =>
    attempt(async () => {
      await records.change(own.collection, record.id, record.version, { definition });
      setKept(definition);
      toast.ok(saved);
      await refresh();
    });
  return (
    <p className="policy-foot">
      <Button type="primary" disabled={definition === kept} loading={busy} onClick={() => void save()}>
        保存规则
      </Button>
      {record.is_active !== true && <span className="muted">还没有启用：在上方把“启用”打开后才生效</span>}
    </p>
  );
}

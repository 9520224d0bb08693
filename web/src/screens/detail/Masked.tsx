import { Button } from "antd";
import { useState } from "react";
import { records } from "../../client/api";
import type { Description, Field, RecordRow } from "../../client/types";
import { Shown } from "../../kinds";
import { useAttempt } from "../../kit/useAttempt";

interface Props {
  object: Description;
  record: RecordRow;
  field: Field;
}

/** 138****1234 until somebody asks for the whole value, which is written down. */
export function Masked({ object, record, field }: Props) {
  const [open, setOpen] = useState<{ value: unknown } | null>(null);
  const { busy, attempt } = useAttempt();
  const reveal = () =>
    attempt(async () => {
      setOpen({ value: await records.reveal(object.collection, record.id, field.name) });
    });
  if (open) return <Shown field={{ ...field, kind: field.masked ?? field.kind }} value={open.value} />;
  return (
    <span className="masked">
      <span className="figure">{String(record[field.name])}</span>
      <Button
        type="link"
        size="small"
        loading={busy}
        title="会记入变更历史"
        aria-label={`显示${field.label}`}
        onClick={() => void reveal()}
      >
        显示
      </Button>
    </span>
  );
}

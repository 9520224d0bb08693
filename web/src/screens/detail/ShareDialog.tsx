import { DatePicker, Segmented } from "antd";
import dayjs from "dayjs";
import { useState } from "react";
import { fieldOf } from "../../app/meta";
import { useRefresh } from "../../app/refresh";
import { sharing } from "../../client/sharing";
import type { Description, Ref, RecordRow } from "../../client/types";
import { RefPicker } from "../../kinds/RefPicker";
import { Ask } from "../../kit/ask";
import { toast } from "../../kit/toast";

interface Props {
  object: Description;
  record: RecordRow;
  onDone: () => void;
  onClose: () => void;
}
type To = "person" | "department";

/** To whom, how far and until when. */
export function ShareDialog({ object, record, onDone, onClose }: Props) {
  const [kind, setKind] = useState<To>("person");
  const [to, setTo] = useState<Ref | null>(null);
  const [change, setChange] = useState(false);
  const [until, setUntil] = useState<string | null>(null);
  const refresh = useRefresh();
  const give = async () => {
    if (!to) return;
    await sharing.give(object.collection, record.id, { [kind]: to.id, change, until });
    toast.ok(`已共享给${to.label}`);
    onDone();
    await refresh();
  };
  return (
    <Ask title={`共享${object.label}`} ok="共享" disabled={!to} onOk={give} onClose={onClose}>
      <div className="share-form">
        <Receiver object={object} kind={kind} to={to} onKind={setKind} onTo={setTo} />
        <div className="field">
          <label>可以做什么</label>
          <Segmented<boolean>
            value={change}
            aria-label="可以做什么"
            options={[
              { value: false, label: "只查看" },
              { value: true, label: "查看和修改（协作）" },
            ]}
            onChange={setChange}
          />
        </div>
        <div className="field">
          <label htmlFor="share-until">截止日期</label>
          <DatePicker
            id="share-until"
            placeholder="长期"
            value={until ? dayjs(until) : null}
            minDate={dayjs()}
            onChange={(day) => setUntil(day ? day.format("YYYY-MM-DD") : null)}
          />
        </div>
      </div>
    </Ask>
  );
}

interface ReceiverProps {
  object: Description;
  kind: To;
  to: Ref | null;
  onKind: (kind: To) => void;
  onTo: (to: Ref | null) => void;
}

function Receiver({ object, kind, to, onKind, onTo }: ReceiverProps) {
  const label = kind === "person" ? "同事" : "部门";
  return (
    <>
      <Segmented<To>
        value={kind}
        aria-label="共享给"
        options={[
          { value: "person", label: "一位同事" },
          { value: "department", label: "一个部门的成员" },
        ]}
        onChange={(next) => {
          onKind(next);
          onTo(null);
        }}
      />
      <div className="field">
        <label htmlFor="share-to">{label}</label>
        <RefPicker
          key={kind}
          id="share-to"
          autoFocus
          to={fieldOf(object, kind === "person" ? "owner" : "department")?.to ?? ""}
          label={label}
          value={to}
          onChange={(next) => onTo(Array.isArray(next) ? null : next)}
        />
      </div>
    </>
  );
}

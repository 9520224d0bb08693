import { Checkbox, Input, InputNumber, Select } from "antd";
import { useState } from "react";
import { inMenuOrder, useMeta } from "../../app/meta";
import type { NewToken } from "../../client/security";
import { Ask } from "../../kit/ask";

const USUAL_DAYS = 90;

/** A new token, as narrow as it will do. */
export function NewTokenDialog({
  most,
  onAsked,
  onClose,
}: {
  most: number;
  onAsked: (wanted: NewToken) => void;
  onClose: () => void;
}) {
  const meta = useMeta();
  const [name, setName] = useState("");
  const [reads, setReads] = useState(true);
  const [collections, setCollections] = useState<string[]>([]);
  const [days, setDays] = useState<number | null>(Math.min(USUAL_DAYS, most));
  const go = () => {
    onAsked({ name: name.trim(), reads_only: reads, collections, days: days ?? USUAL_DAYS });
    return Promise.resolve();
  };
  return (
    <Ask title="新建令牌" ok="新建" disabled={!name.trim() || days === null} onOk={go} onClose={onClose}>
      <div className="field">
        <label htmlFor="token-name">给哪个程序用</label>
        <Input id="token-name" autoFocus maxLength={80} value={name} onChange={({ target }) => setName(target.value)} />
      </div>
      <div className="field">
        <Checkbox checked={reads} onChange={({ target }) => setReads(target.checked)}>
          只能读取
        </Checkbox>
      </div>
      <div className="field">
        <label htmlFor="token-objects">只用于这些对象</label>
        <Select
          id="token-objects"
          mode="multiple"
          style={{ width: "100%" }}
          placeholder="不选则为您能使用的全部对象"
          value={collections}
          onChange={setCollections}
          showSearch={{ optionFilterProp: "label" }}
          options={inMenuOrder(meta).map(({ collection, label }) => ({ value: collection, label }))}
        />
      </div>
      <div className="field">
        <label htmlFor="token-days">{`有效天数（最多 ${most}）`}</label>
        <InputNumber id="token-days" min={1} max={most} precision={0} value={days} onChange={setDays} />
      </div>
    </Ask>
  );
}

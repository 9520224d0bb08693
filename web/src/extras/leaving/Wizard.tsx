import { useState } from "react";
import { useRefresh } from "../../app/refresh";
import { leavers, type LeavingPreview } from "../../client/settings";
import type { Description, Ref } from "../../client/types";
import { RefPicker } from "../../kinds/RefPicker";
import { Ask } from "../../kit/ask";
import { toast } from "../../kit/toast";

interface Props {
  object: Description;
  preview: LeavingPreview;
  onClose: () => void;
}
type Heirs = Record<string, Ref[]>;
const ALL = "";

/** Who takes over: one or several for everything, others for single objects where wanted. */
export function Wizard({ object, preview, onClose }: Props) {
  const [heirs, setHeirs] = useState<Heirs>({});
  const refresh = useRefresh();
  const everything = heirs[ALL] ?? [];
  const owned = preview.rows.filter(({ key }) => !key.includes("."));
  const go = async () => {
    const ids = (key: string) => (heirs[key] ?? []).map(({ id }) => id);
    const special = owned.filter(({ key }) => ids(key).length > 0).map(({ key }) => [key, ids(key)] as const);
    await leavers.leave(preview.person.id, ids(ALL), Object.fromEntries(special));
    toast.ok(`${preview.person.label}的账号已停用，正在交接工作，完成后会通知您`);
    await refresh();
  };
  const pick = (key: string, label: string) => (
    <RefPicker
      id={`heirs-${key}`}
      multiple
      to={object.collection}
      label={label}
      value={heirs[key] ?? []}
      autoFocus={key === ALL}
      onChange={(next) => setHeirs((now) => ({ ...now, [key]: Array.isArray(next) ? next : next ? [next] : [] }))}
    />
  );
  return (
    <Ask
      title={`${preview.person.label}离职交接`}
      ok="停用账号并交接"
      danger
      width={720}
      disabled={everything.length === 0}
      onOk={go}
      onClose={onClose}
    >
      <p className="muted">
        账号立即停用，登录与令牌同时失效；记录保留阶段、历史和协作人，离职者自己不再是别人记录的协作人。选择几个人时，同类记录平均分给他们。
      </p>
      <div className="leaving-heirs">
        <div className="field">
          <label htmlFor="heirs-">接收人</label>
          {pick(ALL, "接收人")}
        </div>
        {owned.map(({ key, label, count }) => (
          <div className="field" key={key}>
            <label htmlFor={`heirs-${key}`}>{`${label}（${count} 条）另外交给`}</label>
            {pick(key, label)}
          </div>
        ))}
      </div>
    </Ask>
  );
}

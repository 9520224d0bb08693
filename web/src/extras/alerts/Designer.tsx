/** 预警设计器: what is watched, from where on it is alarming, who is told and how long she has; tried on the past. */
import { Checkbox } from "antd";
import { useState } from "react";
import { useMeta } from "../../app/meta";
import "../../app/approvals.css";
import "../../app/automation.css";
import type { AlertRules } from "../../client/automation";
import type { Description, RecordRow } from "../../client/types";
import { InputNumber, Select } from "../../kit/heavy";
import { Branch } from "../approval/Branch";
import { UNITS } from "../approval/rules";
import { Channels } from "../automation/Channels";
import { Recipients } from "../automation/Recipients";
import { choices } from "../../kit/choices";
import { readText } from "../automation/rules";
import { SaveRules } from "../automation/SaveRules";
import { BackTest } from "./BackTest";
import { Indicator } from "./Indicator";
import { Levels } from "./Levels";

export default function Designer({ object: own, record }: { object: Description; record: RecordRow }) {
  const target = useMeta().objects[String(record.collection)];
  return target ? <Column key={record.version} own={own} record={record} object={target} /> : null;
}

export interface PartProps {
  object: Description;
  rules: AlertRules;
  onChange: (rules: AlertRules) => void;
}

function Column({ own, record, object }: { own: Description; record: RecordRow; object: Description }) {
  const [rules, setRules] = useState<AlertRules>(() => ({
    group: "id",
    measure: "count",
    who: [{ by: "owner" }],
    ...(readText(record.definition) as AlertRules),
  }));
  const readonly = record.may?.change === false;
  return (
    <section className="panel" aria-label="预警规则">
      <div className="panel-head">
        <h2>预警规则</h2>
        <span className="muted">同一件事没有解除之前不会重复预警；变得更严重时会再次预警</span>
      </div>
      <div className="policy-steps">
        <div className="policy-node">
          <strong className="rule-title">看什么</strong>
          <Branch
            object={object}
            condition={rules.filter ?? null}
            always={`全部${object.label}`}
            title={`看哪些${object.label}`}
            onChange={(filter) => setRules({ ...rules, filter })}
          />
          <Indicator object={object} rules={rules} onChange={setRules} />
        </div>
        <div className="policy-link" />
        <div className="policy-node">
          <strong className="rule-title">到什么程度</strong>
          <Levels object={object} rules={rules} onChange={setRules} />
        </div>
        <div className="policy-link" />
        <div className="policy-node">
          <strong className="rule-title">告诉谁</strong>
          <Telling object={object} rules={rules} onChange={setRules} />
        </div>
        <div className="policy-link" />
        <div className="policy-node">
          <strong className="rule-title">多久之内处理</strong>
          <Limit object={object} rules={rules} onChange={setRules} />
        </div>
      </div>
      {!readonly && <SaveRules own={own} record={record} definition={JSON.stringify(rules)} saved="已保存，下一次检查按它进行" />}
      {!readonly && <BackTest object={object} rules={rules} />}
    </section>
  );
}

function Telling({ object, rules, onChange }: PartProps) {
  return (
    <>
      <p className="muted">第一个人负责处理，其余的人知道就行；没有人符合时由规则的负责人处理。</p>
      <Recipients object={object} who={rules.who ?? []} onChange={(who) => onChange({ ...rules, who })} />
      <div className="policy-row">
        <Checkbox checked={rules.mail ?? false} onChange={({ target }) => onChange({ ...rules, mail: target.checked })}>
          同时发邮件
        </Checkbox>
        <Channels value={rules.channels ?? []} onChange={(channels) => onChange({ ...rules, channels })} />
      </div>
    </>
  );
}

function Limit({ rules, onChange }: PartProps) {
  const { limit } = rules;
  return (
    <div className="policy-row">
      <Checkbox
        checked={Boolean(limit)}
        onChange={({ target }) => onChange({ ...rules, limit: target.checked ? { amount: 2, unit: "workday" } : null })}
      >
        限时处理，过时自动升级给上级
      </Checkbox>
      {limit && (
        <InputNumber
          aria-label="时限"
          min="1"
          max="1000"
          precision={0}
          value={String(limit.amount)}
          onChange={(amount) => onChange({ ...rules, limit: { ...limit, amount: Number(amount ?? 1) } })}
        />
      )}
      {limit && (
        <Select
          aria-label="时限单位"
          options={choices(UNITS)}
          value={limit.unit}
          onChange={(unit: unknown) => onChange({ ...rules, limit: { ...limit, unit: unit as typeof limit.unit } })}
        />
      )}
    </div>
  );
}

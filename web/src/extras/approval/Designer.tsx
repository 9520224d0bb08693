/** 审批设计器: the steps in a column, each with its condition as a branch before it; saved whole. */
import { Button } from "antd";
import { useState } from "react";
import { useMeta } from "../../app/meta";
import "../../app/approvals.css";
import { useRefresh } from "../../app/refresh";
import type { Rules, Step } from "../../client/approvals";
import { records } from "../../client/api";
import type { Description, Filter, RecordRow } from "../../client/types";
import { InputNumber, Select } from "../../kit/heavy";
import { PlusIcon } from "../../kit/icons";
import { toast } from "../../kit/toast";
import { useAttempt } from "../../kit/useAttempt";
import { Branch } from "./Branch";
import { blankStep, deedsOf, readRules } from "./rules";
import { Simulation } from "./Simulation";
import { StepNode } from "./StepNode";

export default function Designer({ object: policies, record }: { object: Description; record: RecordRow }) {
  const target = useMeta().objects[String(record.collection)];
  if (!target) return null;
  return <Column key={record.version} policies={policies} record={record} object={target} />;
}

function Column({ policies, record, object }: { policies: Description; record: RecordRow; object: Description }) {
  const kept = readRules(record.definition);
  const [rules, setRules] = useState<Rules>(kept);
  const steps = rules.steps ?? [];
  const readonly = record.may?.change === false;
  const put = (next: Step[]) => setRules({ ...rules, steps: next });
  const deed = deedsOf(object).find(({ value }) => value === record.verb)?.label ?? String(record.verb);
  return (
    <section className="panel" aria-label="审批流程">
      <div className="panel-head">
        <h2>审批流程</h2>
        <span className="muted">保存后只影响之后提交的申请；正在办理的按提交时的规则走完</span>
      </div>
      <div className="policy-steps">
        <div className="policy-node">
          <strong>{`${deed}${object.label}`}</strong>
          <What object={object} verb={String(record.verb)} rules={rules} onChange={setRules} />
        </div>
        {steps.map((step, at) => (
          <StepNode
            key={at}
            object={object}
            step={step}
            number={at + 1}
            last={at === steps.length - 1}
            onChange={(next) => put(steps.with(at, next))}
            onRemove={() => put(steps.toSpliced(at, 1))}
            onMove={(by) => put(moved(steps, at, by))}
          />
        ))}
        <div className="policy-link">
          {!readonly && (
            <Button size="small" icon={<PlusIcon />} onClick={() => put([...steps, blankStep(steps.length + 1)])}>
              加一步
            </Button>
          )}
        </div>
        <div className="policy-node end">全部同意后自动执行</div>
      </div>
      {!readonly && (
        <Save
          policies={policies}
          record={record}
          rules={rules}
          changed={JSON.stringify(kept) !== JSON.stringify(rules)}
          onDrop={() => setRules(kept)}
        />
      )}
      {record.verb !== "export" && <Simulation object={object} verb={String(record.verb)} rules={rules} />}
    </section>
  );
}

const moved = (steps: Step[], at: number, by: number): Step[] => {
  const step = steps[at];
  return step === undefined ? steps : steps.toSpliced(at, 1).toSpliced(at + by, 0, step);
};

/** Verbs a policy may leave to one person up to a number of records. */
const SIZED = ["export", "delete", "change", "transfer"];

/** Which deeds wait at all: those on protected fields, those that meet a condition. */
function What({
  object,
  verb,
  rules,
  onChange,
}: {
  object: Description;
  verb: string;
  rules: Rules;
  onChange: (rules: Rules) => void;
}) {
  const fields = object.fields.filter(({ readonly }) => !readonly).map(({ name, label }) => ({ value: name, label }));
  return (
    <>
      {verb === "change" && (
        <div className="policy-row">
          <span>受保护的字段</span>
          <Select
            className="grow"
            mode="multiple"
            aria-label="受保护的字段"
            placeholder="任何字段"
            options={fields}
            showSearch={{ optionFilterProp: "label" }}
            value={rules.fields ?? []}
            onChange={(value: unknown) => onChange({ ...rules, fields: value as string[] })}
          />
        </div>
      )}
      {SIZED.includes(verb) && (
        <div className="policy-row">
          <span>{verb === "export" ? "超过多少条要审批" : "一人一天超过多少条要审批（0 为每条都要）"}</span>
          <InputNumber
            aria-label="超过多少条要审批"
            min="0"
            precision={0}
            value={String(rules.above ?? 0)}
            onChange={(value) => onChange({ ...rules, above: Number(value ?? 0) })}
          />
        </div>
      )}
      <Branch
        object={object}
        condition={rules.condition ?? null}
        always={rules.above ? "所有记录都算在内" : "每一次都要审批"}
        title="什么情况要审批"
        onChange={(condition: Filter | null) => onChange({ ...rules, condition })}
      />
    </>
  );
}

function Save({
  policies,
  record,
  rules,
  changed,
  onDrop,
}: {
  policies: Description;
  record: RecordRow;
  rules: Rules;
  changed: boolean;
  onDrop: () => void;
}) {
  const { busy, attempt } = useAttempt();
  const refresh = useRefresh();
  const save = () =>
    attempt(async () => {
      await records.change(policies.collection, record.id, record.version, { definition: JSON.stringify(rules) });
      toast.ok("已保存审批流程，之后提交的申请按它办理");
      await refresh();
    });
  return (
    <p className="policy-foot">
      <Button type="primary" disabled={!changed} loading={busy} onClick={() => void save()}>
        保存流程
      </Button>
      {changed && <Button onClick={onDrop}>放弃改动</Button>}
      {record.is_active !== true && <span className="muted">还没有启用：在上方把“启用”打开后才生效</span>}
    </p>
  );
}

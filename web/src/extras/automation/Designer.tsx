/** 自动化设计器: when, if and one thing to do after the other; saved whole, tried on what happened before. */
import { useState } from "react";
import { useMeta } from "../../app/meta";
import "../../app/approvals.css";
import "../../app/automation.css";
import type { AutomationRules, Deed, Step, When } from "../../client/automation";
import type { Description, RecordRow } from "../../client/types";
import { Select } from "../../kit/heavy";
import { Branch } from "../approval/Branch";
import { choices } from "../../kit/choices";
import { begunStep, DEEDS, readText, whenOf } from "./rules";
import { SaveRules } from "./SaveRules";
import { StepCard } from "./StepCard";
import { Trial } from "./Trial";
import { WhenNode } from "./WhenNode";

const AFTER_DELETION = new Set<string>(["notify", "call"]);

export default function Designer({ object: own, record }: { object: Description; record: RecordRow }) {
  const target = useMeta().objects[String(record.collection)];
  return target ? <Column key={record.version} own={own} record={record} object={target} /> : null;
}

function Column({ own, record, object }: { own: Description; record: RecordRow; object: Description }) {
  const [rules, setRules] = useState<AutomationRules>(() => readText(record.definition));
  const steps = rules.do ?? [];
  const when = whenOf(rules);
  const readonly = record.may?.change === false;
  const put = (next: Step[]) => setRules({ ...rules, when, do: next });
  return (
    <section className="panel" aria-label="自动化">
      <div className="panel-head">
        <h2>自动化</h2>
        <span className="muted">保存改动的人不用等它；它以“系统”的名义执行，每条记录的变更历史里看得到</span>
      </div>
      <div className="policy-steps">
        <div className="policy-node">
          <strong className="rule-title">什么时候</strong>
          <WhenNode object={object} when={when} onChange={(next) => setRules({ ...rules, when: next })} />
        </div>
        <div className="policy-link" />
        <div className="policy-node">
          <strong className="rule-title">如果</strong>
          {when.on === "deleted" ? (
            <span className="muted">记录已经删除，不再设条件</span>
          ) : (
            <Branch
              object={object}
              condition={rules.if ?? null}
              always="不管是什么情况"
              title="什么情况下才做"
              onChange={(condition) => setRules({ ...rules, when, if: condition })}
            />
          )}
        </div>
        <Deeds object={object} steps={steps} on={when.on} readonly={readonly} onChange={put} />
        <div className="policy-node end">{steps.length === 0 ? "还没有要做的事" : "做完写进运行记录"}</div>
      </div>
      {!readonly && (
        <SaveRules own={own} record={record} definition={JSON.stringify(rules)} saved="已保存，之后发生的事按它办理" />
      )}
      {!readonly && <Trial object={object} rules={rules} />}
    </section>
  );
}

interface DeedsProps {
  object: Description;
  steps: Step[];
  on: When["on"];
  readonly: boolean;
  onChange: (steps: Step[]) => void;
}

/** What is done, one thing after the other. */
function Deeds({ object, steps, on, readonly, onChange }: DeedsProps) {
  const deeds = choices(DEEDS).filter(({ value }) => on !== "deleted" || AFTER_DELETION.has(value));
  return (
    <>
      {steps.map((step, at) => (
        <StepCard
          key={at}
          object={object}
          step={step}
          number={at + 1}
          last={at === steps.length - 1}
          onChange={(next) => onChange(steps.with(at, next))}
          onRemove={() => onChange(steps.toSpliced(at, 1))}
          onMove={(by) => onChange(steps.toSpliced(at, 1).toSpliced(at + by, 0, step))}
        />
      ))}
      <div className="policy-link">
        {!readonly && (
          <Select
            aria-label="加一件要做的事"
            placeholder="加一件要做的事"
            style={{ minWidth: 180 }}
            value={null}
            options={deeds}
            onChange={(deed: unknown) => onChange([...steps, begunStep(deed as Deed)])}
          />
        )}
      </div>
    </>
  );
}

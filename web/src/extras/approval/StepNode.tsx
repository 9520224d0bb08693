import { Button, Checkbox, Input } from "antd";
import type { Step, Who } from "../../client/approvals";
import type { Description } from "../../client/types";
import { Select } from "../../kit/heavy";
import { ArrowDownIcon, ArrowUpIcon, DeleteIcon, PlusIcon } from "../../kit/icons";
import { Branch } from "./Branch";
import { Limited } from "./Limited";
import { choices } from "../../kit/choices";
import { begun, RULES } from "./rules";
import { WhoRow } from "./WhoRow";

interface Props {
  object: Description;
  step: Step;
  number: number;
  last: boolean;
  onChange: (step: Step) => void;
  onRemove: () => void;
  onMove: (by: 1 | -1) => void;
}

/** One step: the branch that leads to it, who takes it and how many of them it needs, how long they have. */
export function StepNode({ object, step, number, last, onChange, onRemove, onMove }: Props) {
  const put = (at: number, who: Who) => onChange({ ...step, who: step.who.with(at, who) });
  return (
    <>
      <div className="policy-link" />
      <div className="policy-branch">
        <span className="muted">{step.when ? "满足才走这一步：" : ""}</span>
        <Branch
          object={object}
          condition={step.when ?? null}
          always="总是走这一步"
          title={`什么情况走“${step.name}”`}
          onChange={(when) => onChange({ ...step, when })}
        />
      </div>
      <div className="policy-node" role="group" aria-label={`第 ${number} 步`}>
        <Heading step={step} number={number} last={last} onChange={onChange} onRemove={onRemove} onMove={onMove} />
        {step.who.map((who, at) => (
          <WhoRow
            key={at}
            object={object}
            who={who}
            onChange={(next) => put(at, next)}
            onRemove={step.who.length > 1 ? () => onChange({ ...step, who: step.who.toSpliced(at, 1) }) : undefined}
          />
        ))}
        <div className="policy-row">
          <Button
            size="small"
            type="text"
            icon={<PlusIcon />}
            onClick={() => onChange({ ...step, who: [...step.who, begun("person")] })}
          >
            审批人
          </Button>
          <Select
            aria-label={`第 ${number} 步的方式`}
            options={choices(RULES)}
            value={step.rule ?? "any"}
            popupMatchSelectWidth={false}
            onChange={(value: unknown) => onChange({ ...step, rule: value as Step["rule"] })}
          />
          <Checkbox checked={step.firm ?? false} onChange={({ target }) => onChange({ ...step, firm: target.checked })}>
            只能同意或不同意
          </Checkbox>
          <Limited limit={step.limit ?? null} onChange={(limit) => onChange({ ...step, limit })} />
        </div>
      </div>
    </>
  );
}

/** The step's name, and its place among the others. */
function Heading({ step, number, last, onChange, onRemove, onMove }: Omit<Props, "object">) {
  return (
    <div className="policy-row">
      <Input
        className="grow"
        value={step.name}
        maxLength={40}
        aria-label={`第 ${number} 步的名称`}
        onChange={(event) => onChange({ ...step, name: event.target.value })}
      />
      <Button
        type="text"
        icon={<ArrowUpIcon />}
        disabled={number === 1}
        aria-label={`上移第 ${number} 步`}
        onClick={() => onMove(-1)}
      />
      <Button type="text" icon={<ArrowDownIcon />} disabled={last} aria-label={`下移第 ${number} 步`} onClick={() => onMove(1)} />
      <Button type="text" danger icon={<DeleteIcon />} aria-label={`删除第 ${number} 步`} onClick={onRemove} />
    </div>
  );
}

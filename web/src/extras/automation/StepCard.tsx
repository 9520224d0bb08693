import { Button, Checkbox } from "antd";
import { may, useMeta } from "../../app/meta";
import type { Step } from "../../client/automation";
import type { Description } from "../../client/types";
import { Select } from "../../kit/heavy";
import { ArrowDownIcon, ArrowUpIcon, DeleteIcon } from "../../kit/icons";
import { Channels } from "./Channels";
import { Deed } from "./Deed";
import { Recipients } from "./Recipients";
import { DEEDS, firstValues } from "./rules";
import { ValuesEditor } from "./ValuesEditor";
import { Wording } from "./Wording";

export interface StepProps {
  object: Description;
  step: Step;
  onChange: (step: Step) => void;
}
interface Props extends StepProps {
  number: number;
  last: boolean;
  onRemove: () => void;
  onMove: (by: 1 | -1) => void;
}

/** One thing to do, with what it needs to be told. */
export function StepCard({ object, step, number, last, onChange, onRemove, onMove }: Props) {
  const Editor = EDITORS[step.do];
  return (
    <>
      <div className="policy-link" />
      <div className="policy-node" role="group" aria-label={`第 ${number} 件事`}>
        <div className="policy-row">
          <strong className="grow">{DEEDS[step.do]}</strong>
          <Button
            type="text"
            icon={<ArrowUpIcon />}
            disabled={number === 1}
            aria-label={`上移第 ${number} 件事`}
            onClick={() => onMove(-1)}
          />
          <Button
            type="text"
            icon={<ArrowDownIcon />}
            disabled={last}
            aria-label={`下移第 ${number} 件事`}
            onClick={() => onMove(1)}
          />
          <Button type="text" danger icon={<DeleteIcon />} aria-label={`删除第 ${number} 件事`} onClick={onRemove} />
        </div>
        <Editor object={object} step={step} onChange={onChange} />
      </div>
    </>
  );
}

function Notify({ object, step, onChange }: StepProps) {
  return (
    <>
      <Recipients object={object} who={step.who ?? []} onChange={(who) => onChange({ ...step, who })} />
      <Wording object={object} value={step.text ?? ""} onChange={(text) => onChange({ ...step, text })} />
      <div className="policy-row">
        <Checkbox checked={step.mail ?? false} onChange={({ target }) => onChange({ ...step, mail: target.checked })}>
          同时发邮件
        </Checkbox>
        <Channels value={step.channels ?? []} onChange={(channels) => onChange({ ...step, channels })} />
      </div>
    </>
  );
}

const SetFields = ({ object, step, onChange }: StepProps) => (
  <ValuesEditor target={object} values={step.values ?? {}} onChange={(values) => onChange({ ...step, values })} />
);

function Create({ object, step, onChange }: StepProps) {
  const { objects } = useMeta();
  const target = objects[step.collection ?? ""];
  const begin = (collection: string) => {
    const next = objects[collection];
    if (next) onChange({ ...step, collection, values: firstValues(object, next) });
  };
  return (
    <>
      <div className="policy-row">
        <Select
          className="grow"
          aria-label="新建什么"
          placeholder="新建什么"
          showSearch={{ optionFilterProp: "label" }}
          value={step.collection || null}
          options={Object.values(objects)
            .filter((one) => may(one, "add"))
            .map(({ collection, label }) => ({ value: collection, label }))}
          onChange={(collection: unknown) => begin(String(collection))}
        />
        <span className="muted">归这条记录的负责人所有</span>
      </div>
      {target && (
        <ValuesEditor
          source={object}
          target={target}
          values={step.values ?? {}}
          onChange={(values) => onChange({ ...step, values })}
        />
      )}
    </>
  );
}

const Call = ({ step, onChange }: StepProps) => (
  <div className="policy-row">
    <Channels value={step.channels ?? []} onChange={(channels) => onChange({ ...step, channels })} />
    <span className="muted">把记录的内容发给对方；按规定还不能外发的不发</span>
  </div>
);

const EDITORS = { notify: Notify, set: SetFields, create: Create, call: Call, assign: Deed, act: Deed, approve: Deed } as const;

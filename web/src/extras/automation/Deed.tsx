import { Button } from "antd";
import { useMeta } from "../../app/meta";
import type { Id } from "../../client/types";
import { RefPicker } from "../../kinds/RefPicker";
import { Select } from "../../kit/heavy";
import { Recipient } from "./Recipients";
import { named } from "./rules";
import type { StepProps } from "./StepCard";
import { useNames } from "./useName";
import { ValuesEditor } from "./ValuesEditor";

/** What is done to the record through somebody else: it is given to her, an action is taken, or asked for. */
export function Deed(props: StepProps) {
  if (props.step.do === "assign") return <Assign {...props} />;
  return props.step.do === "approve" ? <Approve {...props} /> : <Act {...props} />;
}

interface Turn {
  by: "turn";
  people: Id[];
}
const inTurn = (to: StepProps["step"]["to"]): to is Turn => to?.by === "turn";

function Assign({ object, step, onChange }: StepProps) {
  const { to } = step;
  if (inTurn(to)) return <Turns people={to.people} step={step} onChange={onChange} />;
  return (
    <div className="policy-row">
      <Recipient object={object} who={to ?? { by: "head" }} onChange={(who) => onChange({ ...step, to: who })} />
      <Button size="small" type="link" onClick={() => onChange({ ...step, to: { by: "turn", people: [] } })}>
        轮流分给几个人
      </Button>
    </div>
  );
}

function Turns({ people, step, onChange }: Pick<StepProps, "step" | "onChange"> & { people: Id[] }) {
  const chosen = useNames(useMeta().objects.people, people);
  return (
    <div className="policy-row">
      <span className="grow">
        <RefPicker
          to="people"
          label="轮流分给"
          multiple
          value={chosen}
          onChange={(next) =>
            onChange({ ...step, to: { by: "turn", people: (Array.isArray(next) ? next : []).map(({ id }) => id) } })
          }
        />
      </span>
      <Button size="small" type="link" onClick={() => onChange({ ...step, to: { by: "head" } })}>
        只分给一个人
      </Button>
    </div>
  );
}

function Act({ object, step, onChange }: StepProps) {
  const action = object.actions.find(({ name }) => name === step.action);
  const states = object.fields.find(({ name }) => name === action?.state)?.options ?? [];
  const targets = (action?.targets ?? []).map(
    (value) => states.find((option) => option.value === value) ?? { value, label: value },
  );
  const data = step.data ?? {};
  return (
    <>
      <div className="policy-row">
        <Select
          aria-label="哪个动作"
          placeholder="哪个动作"
          options={named(object.actions.filter(({ bulk }) => bulk))}
          value={step.action || null}
          popupMatchSelectWidth={false}
          onChange={(name: unknown) => onChange({ do: step.do, action: String(name) })}
        />
        {targets.length > 1 && (
          <Select
            aria-label="到哪个状态"
            placeholder="到哪个状态"
            options={targets}
            value={data.to ?? null}
            popupMatchSelectWidth={false}
            onChange={(to: unknown) => onChange({ ...step, data: { ...data, to } })}
          />
        )}
      </div>
      {action?.input && (
        <ValuesEditor
          fields={action.input}
          target={object}
          values={data}
          onChange={(values) => onChange({ ...step, data: values })}
        />
      )}
    </>
  );
}

function Approve(props: StepProps) {
  return (
    <>
      <Act {...props} />
      <p className="muted">以负责人的名义提交，由审批规则决定谁来同意；没有适用的审批规则就不做。</p>
    </>
  );
}

import { Button } from "antd";
import { lazy, Suspense, useState, type KeyboardEvent } from "react";
import { fieldOf, fieldsOf, useMeta } from "../../app/meta";
import type { Condition, Description, Field, Filter } from "../../client/types";
import { firstOp, forServer, inWords, isComplete, isCondition, members, SHARED, together } from "./filters";
import { same } from "../../kinds/values";
import { Panel } from "../../kit/Panel";
import { CloseIcon, FilterIcon } from "../../kit/icons";

const ConditionEditor = lazy(async () => ({ default: (await import("./ConditionEditor")).ConditionEditor }));
const Builder = lazy(async () => ({ default: (await import("./Builder")).Builder }));

interface Props {
  object: Description;
  filter: Filter | null;
  onChange: (filter: Filter | null) => void;
}

/** What narrows the list, each as a chip one can open, and the way to add more. */
export function FilterBar({ object, filter, onChange }: Props) {
  const [building, setBuilding] = useState(false);
  const chips = members(filter);
  const put = (index: number, next: Filter) =>
    onChange(together(index < chips.length ? chips.with(index, next) : [...chips, next]));
  const drop = (index: number) => onChange(together(chips.toSpliced(index, 1)));
  return (
    <div className="chips" role="group" aria-label="筛选条件">
      {chips.map((chip, index) => (
        <Chip
          key={index}
          object={object}
          filter={chip}
          onApply={(next) => put(index, next)}
          onRemove={() => drop(index)}
          onBuild={() => setBuilding(true)}
        />
      ))}
      {quick(object).map(({ label, condition }) => {
        const at = chips.findIndex((chip) => same(chip, condition));
        return (
          at < 0 && (
            <button key={label} type="button" className="chip-quick" onClick={() => put(chips.length, condition)}>
              {label}
            </button>
          )
        );
      })}
      {offered(object, chips).map(({ field, condition }) => (
        <Editing key={field.name} object={object} start={condition} onApply={(next) => put(chips.length, next)}>
          <Button size="small" type="dashed" className="desktop">
            {field.label}
          </Button>
        </Editing>
      ))}
      <Editing object={object} start={null} onApply={(next) => put(chips.length, next)}>
        <Button size="small" icon={<FilterIcon />} className="chips-more">
          筛选
        </Button>
      </Editing>
      <Button size="small" type="text" className="desktop" onClick={() => setBuilding(true)}>
        组合条件
      </Button>
      {chips.length > 1 && (
        <Button size="small" type="text" onClick={() => onChange(null)}>
          清除
        </Button>
      )}
      {building && (
        <Suspense>
          <Builder object={object} filter={filter} onApply={onChange} onClose={() => setBuilding(false)} />
        </Suspense>
      )}
    </div>
  );
}

/** What people ask for many times a day, one press each. */
const QUICK: { label: string; condition: Condition }[] = [
  { label: "我负责的", condition: { field: "owner", op: "eq", value: "me" } },
  { label: "本周新建", condition: { field: "created_at", op: "during", value: "this_week" } },
  { label: "资料不全", condition: { field: "incomplete", op: "eq", value: true } },
  { label: "共享给我的", condition: SHARED },
];

const quick = (object: Description) =>
  QUICK.filter(({ condition }) =>
    condition === SHARED
      ? object.shareable === true
      : fieldOf(object, condition.field)?.ops?.includes(condition.op) === true &&
        (condition.field !== "owner" || object.may.view !== "self"),
  );

const OFFERED = 5;

/** The filters this object is most often narrowed by, one click away. */
function offered(object: Description, chips: Filter[]): { field: Field; condition: Condition }[] {
  const used = new Set(chips.filter(isCondition).map(({ field }) => field));
  return fieldsOf(object, object.filters)
    .filter(({ name }) => !used.has(name) && name !== object.title)
    .slice(0, OFFERED)
    .map((field) => ({ field, condition: { field: field.name, op: firstOp(field) } }));
}

interface ChipProps {
  object: Description;
  filter: Filter;
  onApply: (next: Filter) => void;
  onRemove: () => void;
  onBuild: () => void;
}

function Chip({ object, filter, onApply, onRemove, onBuild }: ChipProps) {
  const words = inWords(useMeta(), object, filter);
  const button = (
    <button type="button" className="plain chip-text" onClick={isCondition(filter) ? undefined : onBuild}>
      {words}
    </button>
  );
  return (
    <span className="chip">
      {isCondition(filter) && filter.op !== "shared" ? (
        <Editing object={object} start={filter} onApply={onApply}>
          {button}
        </Editing>
      ) : (
        button
      )}
      <button type="button" className="plain" aria-label={`去掉条件：${words}`} onClick={onRemove}>
        <CloseIcon />
      </button>
    </span>
  );
}

interface EditingProps {
  object: Description;
  start: Condition | null;
  onApply: (next: Condition) => void;
  children: React.ReactElement;
}

function Editing({ object, start, onApply, children }: EditingProps) {
  const [open, setOpen] = useState(false);
  const [condition, setCondition] = useState(start);
  const turn = (next: boolean) => {
    setCondition(start);
    setOpen(next);
  };
  const ready = condition !== null && isComplete(condition) && forServer(condition) !== null;
  const apply = () => {
    if (condition && ready) {
      onApply(condition);
      setOpen(false);
    }
  };
  // The choice of a field opens with the panel, so one Escape closes both.
  const leave = ({ key }: KeyboardEvent) => {
    if (key === "Escape" && condition === null) setOpen(false);
  };
  const content = (
    <form
      className="condition-pop"
      onKeyDownCapture={leave}
      onSubmit={(event) => {
        event.preventDefault();
        apply();
      }}
    >
      <Suspense fallback={<span className="control-skeleton" />}>
        <ConditionEditor object={object} condition={condition} onChange={setCondition} />
      </Suspense>
      <Button type="primary" size="small" htmlType="submit" disabled={!ready}>
        应用
      </Button>
    </form>
  );
  return (
    <Panel placement="bottomLeft" open={open} onOpenChange={turn} content={content}>
      {children}
    </Panel>
  );
}

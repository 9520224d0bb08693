import { Button, Segmented } from "antd";
import { useState } from "react";
import type { Condition, Description, Filter } from "../../client/types";
import { Dialog } from "../../kit/Dialog";
import { CopyIcon, DeleteIcon, PlusIcon } from "../../kit/icons";
import { useDebounced } from "../../kit/useDebounced";
import { ConditionEditor } from "./ConditionEditor";
import { forServer, isComplete } from "./filters";
import { useTotal } from "./Total";
import { blankGroup, duplicated, fromGroup, numberedGroup, toGroup, withRest, type Group, type Part } from "./tree";

interface Props {
  object: Description;
  filter: Filter | null;
  title?: string;
  onApply: (filter: Filter | null) => void;
  onClose: () => void;
}

/** Conditions with all, any and none of a group, as deep as needed; how many match is said while one builds. */
export function Builder({ object, filter, title = "组合条件", onApply, onClose }: Props) {
  const [group, setGroup] = useState<Group>(() => numberedGroup(toGroup(filter)));
  const built = fromGroup(group);
  const ready = forServer(built);
  const open = unfinished(group);
  const apply = () => {
    onApply(ready ? built : null);
    onClose();
  };
  return (
    <Dialog
      title={title}
      width={820}
      onCancel={onClose}
      footer={
        <div className="builder-foot">
          {open ? (
            <span className="muted" role="status">
              有条件还没有填完
            </span>
          ) : (
            <Matching object={object} filter={ready} />
          )}
          <span className="spacer" />
          <Button onClick={onClose}>取消</Button>
          <Button type="primary" disabled={open} onClick={apply}>
            应用
          </Button>
        </div>
      }
    >
      <GroupEditor object={object} group={group} depth={0} onChange={setGroup} />
    </Dialog>
  );
}

/** Whether a condition was begun and its value is missing: left out without a word, the list would show what nobody asked for. */
const unfinished = ({ parts }: Group): boolean =>
  parts.some((part) => ("how" in part ? unfinished(part) : part.condition !== null && !isComplete(part.condition)));

function Matching({ object, filter }: { object: Description; filter: Filter | null }) {
  const still = useDebounced(JSON.stringify(filter), 300);
  const total = useTotal(object, "", JSON.parse(still) as Filter | null);
  return (
    <span className="muted figure" role="status">
      {total && `现在符合的有 ${total.count.toLocaleString("zh-CN")}${total.exact ? "" : "+"} 条`}
    </span>
  );
}

const HOW = [
  { value: "and", label: "全部满足" },
  { value: "or", label: "满足任一" },
  { value: "none", label: "都不满足" },
];
const BETWEEN = { and: "且", or: "或", none: "或" };
const DEEPEST = 5;

interface GroupProps {
  object: Description;
  group: Group;
  depth: number;
  onChange: (group: Group) => void;
  onRemove?: () => void;
  onCopy?: () => void;
}

interface HeadProps {
  how: Group["how"];
  onHow: (how: Group["how"]) => void;
  onRemove: (() => void) | undefined;
  onCopy: (() => void) | undefined;
}

/** Whether all, any or none must hold, and what can be done with the group as a whole. */
function GroupHead({ how, onHow, onRemove, onCopy }: HeadProps) {
  return (
    <div className="filter-group-head">
      <Segmented size="small" options={HOW} value={how} onChange={(next) => onHow(next as Group["how"])} />
      <span className="spacer" />
      {onCopy && (
        <Button size="small" type="text" icon={<CopyIcon />} aria-label="复制这一组" title="复制这一组" onClick={onCopy} />
      )}
      {onRemove && (
        <Button size="small" type="text" icon={<DeleteIcon />} aria-label="删除这一组" title="删除这一组" onClick={onRemove} />
      )}
    </div>
  );
}

function GroupEditor({ object, group, depth, onChange, onRemove, onCopy }: GroupProps) {
  const put = (index: number, part: Part) => onChange({ ...group, parts: group.parts.with(index, part) });
  const drop = (index: number) => onChange({ ...group, parts: group.parts.toSpliced(index, 1) });
  const copy = (index: number) => onChange({ ...group, parts: duplicated(group.parts, index) });
  return (
    <div className="filter-group" role="group" aria-label="条件组">
      <GroupHead how={group.how} onHow={(how) => onChange({ ...group, how })} onRemove={onRemove} onCopy={onCopy} />
      {group.parts.map((part, index) => (
        <div key={part.key} className="filter-part">
          <small className="muted filter-word">{index > 0 && BETWEEN[group.how]}</small>
          {"how" in part ? (
            <GroupEditor
              object={object}
              group={part}
              depth={depth + 1}
              onChange={(next) => put(index, next)}
              onRemove={() => drop(index)}
              onCopy={() => copy(index)}
            />
          ) : (
            <ConditionEditor
              object={object}
              condition={part.condition}
              onChange={(condition: Condition) => put(index, { ...part, condition })}
              onRemove={() => drop(index)}
            />
          )}
        </div>
      ))}
      <div className="filter-group-foot">
        <Button
          size="small"
          type="text"
          icon={<PlusIcon />}
          onClick={() => onChange(withRest(group, { key: "", condition: null }))}
        >
          条件
        </Button>
        {depth < DEEPEST && (
          <Button size="small" type="text" icon={<PlusIcon />} onClick={() => onChange(withRest(group, blankGroup()))}>
            条件组
          </Button>
        )}
      </div>
    </div>
  );
}

import { Button, Modal, Segmented } from "antd";
import { useState } from "react";
import type { Condition, Description, Filter } from "../../client/types";
import { ConditionEditor } from "./ConditionEditor";
import { forServer, isCondition } from "./filters";
import { PlusIcon } from "../../kit/icons";

interface Props { object: Description; filter: Filter | null; onApply: (filter: Filter | null) => void; onClose: () => void }

/** Conditions with all, any and none of a group, as deep as needed. */
export function Builder({ object, filter, onApply, onClose }: Props) {
  const [group, setGroup] = useState<Group>(() => toGroup(filter));
  const apply = () => {
    const built = fromGroup(group);
    onApply(forServer(built) ? built : null);
    onClose();
  };
  return (
    <Modal open title="组合条件" width={760} okText="应用" cancelText="取消" onOk={apply} onCancel={onClose}>
      <GroupEditor object={object} group={group} onChange={setGroup} />
    </Modal>
  );
}

interface Group { how: "and" | "or" | "none"; parts: (Condition | Group | null)[] }

function toGroup(filter: Filter | null): Group {
  if (!filter) return { how: "and", parts: [null] };
  if (isCondition(filter)) return { how: "and", parts: [filter] };
  if ("not" in filter) return { how: "none", parts: "or" in filter.not ? filter.not.or.map(toPart) : [toPart(filter.not)] };
  return "and" in filter ? { how: "and", parts: filter.and.map(toPart) } : { how: "or", parts: filter.or.map(toPart) };
}

const toPart = (filter: Filter): Condition | Group => (isCondition(filter) ? filter : toGroup(filter));

function fromGroup({ how, parts }: Group): Filter {
  const filters = parts.filter((part) => part !== null).map((part) => ("how" in part ? fromGroup(part) : part));
  if (how === "none") return { not: { or: filters } };
  return how === "and" ? { and: filters } : { or: filters };
}

const HOW = [{ value: "and", label: "全部满足" }, { value: "or", label: "满足任一" }, { value: "none", label: "都不满足" }];

function GroupEditor({ object, group, onChange, onRemove }: { object: Description; group: Group; onChange: (group: Group) => void; onRemove?: () => void }) {
  const put = (index: number, part: Group["parts"][number]) => onChange({ ...group, parts: group.parts.with(index, part) });
  const drop = (index: number) => onChange({ ...group, parts: group.parts.toSpliced(index, 1) });
  return (
    <div className="filter-group" role="group" aria-label="条件组">
      <Segmented size="small" options={HOW} value={group.how} onChange={(how) => onChange({ ...group, how: how as Group["how"] })} />
      {group.parts.map((part, index) =>
        part && "how" in part
          ? <GroupEditor key={index} object={object} group={part} onChange={(next) => put(index, next)} onRemove={() => drop(index)} />
          : <ConditionEditor key={index} object={object} condition={part} onChange={(next) => put(index, next)} onRemove={() => drop(index)} />)}
      <div className="filter-group-foot">
        <Button size="small" type="text" icon={<PlusIcon />} onClick={() => onChange({ ...group, parts: [...group.parts, null] })}>条件</Button>
        <Button size="small" type="text" icon={<PlusIcon />} onClick={() => onChange({ ...group, parts: [...group.parts, { how: "or", parts: [null] }] })}>条件组</Button>
        {onRemove && <Button size="small" type="text" danger onClick={onRemove}>删除这一组</Button>}
      </div>
    </div>
  );
}

import {
  closestCenter,
  DndContext,
  KeyboardSensor,
  PointerSensor,
  useDroppable,
  useSensor,
  useSensors,
  type DragEndEvent,
} from "@dnd-kit/core";
import { SortableContext, sortableKeyboardCoordinates, verticalListSortingStrategy } from "@dnd-kit/sortable";
import { Button, Input } from "antd";
import { useState } from "react";
import type { Description } from "../../../client/types";
import { ArrowDownIcon, ArrowUpIcon, DeleteIcon, PlusIcon } from "../../../kit/icons";
import { toast } from "../../../kit/toast";
import { boxOf, boxStepped, dropped, kept, moved, renamed, REST, withBox, withoutBox, type Box, type Table } from "./arrange";
import { FieldRow } from "./FieldRow";

interface Props {
  object: Description;
  table: Table;
  change: (next: Table) => void;
}

/** Sections and what is out of sight; a field is drawn from any to any. */
export function Boxes({ object, table, change }: Props) {
  const sensors = useSensors(
    useSensor(PointerSensor, { activationConstraint: { distance: 4 } }),
    useSensor(KeyboardSensor, { coordinateGetter: sortableKeyboardCoordinates }),
  );
  const end = ({ active, over }: DragEndEvent) => {
    if (!over || over.id === active.id) return;
    const [name, to] = [String(active.id), String(over.id)];
    const box = table.boxes.some(({ key }) => key === to) || to === REST;
    const why = (box ? to : boxOf(table, to)) === REST ? kept(object, name) : "";
    if (why) toast.error(why);
    else change(box ? moved(table, name, to) : dropped(table, name, to));
  };
  return (
    <DndContext sensors={sensors} collisionDetection={closestCenter} onDragEnd={end}>
      {table.boxes.map((box, at) => (
        <Fields key={box.key} id={box.key} names={box.fields} object={object} table={table} change={change}>
          <BoxHead box={box} table={table} change={change} first={at === 0} last={at === table.boxes.length - 1} />
        </Fields>
      ))}
      <Adding onAdd={(label) => change(withBox(table, label))} taken={table.boxes.map(({ label }) => label)} />
      <Fields id={REST} names={table.rest} object={object} table={table} change={change}>
        <h3>不显示</h3>
      </Fields>
    </DndContext>
  );
}

function BoxHead({
  box,
  table,
  change,
  first,
  last,
}: {
  box: Box;
  table: Table;
  change: Props["change"];
  first: boolean;
  last: boolean;
}) {
  return (
    <div className="box-head">
      <Input
        variant="borderless"
        value={box.label}
        maxLength={40}
        aria-label={`分组“${box.label}”的名称`}
        onChange={({ target }) => change(renamed(table, box.key, target.value))}
      />
      <Button
        size="small"
        type="text"
        icon={<ArrowUpIcon />}
        disabled={first}
        aria-label={`上移分组“${box.label}”`}
        onClick={() => change(boxStepped(table, box.key, -1))}
      />
      <Button
        size="small"
        type="text"
        icon={<ArrowDownIcon />}
        disabled={last}
        aria-label={`下移分组“${box.label}”`}
        onClick={() => change(boxStepped(table, box.key, 1))}
      />
      {box.fields.length === 0 && (
        <Button
          size="small"
          type="text"
          icon={<DeleteIcon />}
          aria-label={`删除分组“${box.label}”`}
          onClick={() => change(withoutBox(table, box.key))}
        />
      )}
    </div>
  );
}

function Fields({
  id,
  names,
  object,
  table,
  change,
  children,
}: Props & { id: string; names: string[]; children: React.ReactNode }) {
  const { setNodeRef, isOver } = useDroppable({ id });
  return (
    <div className={`box ${isOver ? "box-over" : ""} ${id === REST ? "box-rest" : ""}`}>
      {children}
      <SortableContext items={names} strategy={verticalListSortingStrategy}>
        <ul ref={setNodeRef}>
          {names.map((name) => (
            <FieldRow key={name} name={name} object={object} table={table} change={change} />
          ))}
          {names.length === 0 && <li className="box-empty muted">把字段拖到这里</li>}
        </ul>
      </SortableContext>
    </div>
  );
}

function Adding({ onAdd, taken }: { onAdd: (label: string) => void; taken: string[] }) {
  const [typed, setTyped] = useState("");
  const label = typed.trim();
  const add = () => {
    if (!label || taken.includes(label)) return;
    onAdd(label);
    setTyped("");
  };
  return (
    <div className="box-add">
      <Input
        size="small"
        value={typed}
        maxLength={40}
        placeholder="新分组的名称"
        aria-label="新分组的名称"
        status={taken.includes(label) ? "error" : undefined}
        onChange={({ target }) => setTyped(target.value)}
        onPressEnter={add}
      />
      <Button size="small" icon={<PlusIcon />} disabled={!label || taken.includes(label)} onClick={add}>
        添加分组
      </Button>
    </div>
  );
}

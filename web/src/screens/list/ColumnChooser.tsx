/** Which columns, in what order, and how many of them stay in sight. Ordered by dragging, or by keyboard: space, arrows, space. */
import {
  closestCenter,
  DndContext,
  KeyboardSensor,
  PointerSensor,
  TouchSensor,
  useDraggable,
  useDroppable,
  useSensor,
  useSensors,
  type DragEndEvent,
  type KeyboardCoordinateGetter,
} from "@dnd-kit/core";
import { Button, Checkbox, Input } from "antd";
import { useState } from "react";
import { fieldsOf, ownFirst } from "../../app/meta";
import type { Field } from "../../client/types";
import { HolderIcon, PushpinIcon, SearchIcon } from "../../kit/icons";
import type { ShapeProps } from "./shapes";

const STEP = 32;
const byRows: KeyboardCoordinateGetter = (event, { currentCoordinates: { x, y } }) => {
  const by = event.code === "ArrowDown" ? STEP : event.code === "ArrowUp" ? -STEP : 0;
  if (by === 0) return undefined;
  event.preventDefault();
  return { x, y: y + by };
};

/** The name of a record stands first unless somebody put it elsewhere. */
export const shownColumns = (title: string, columns: string[]) => (columns.includes(title) ? columns : [title, ...columns]);

export function ColumnChooser({ object, state, change }: ShapeProps) {
  const [typed, setTyped] = useState("");
  const sensors = useSensors(
    useSensor(PointerSensor, { activationConstraint: { distance: 4 } }),
    useSensor(TouchSensor, { activationConstraint: { delay: 150, tolerance: 6 } }),
    useSensor(KeyboardSensor, { coordinateGetter: byRows }),
  );
  const columns = shownColumns(object.title, state.columns);
  const wanted = ({ label }: Field) => label.includes(typed.trim());
  const rest = ownFirst(object)
    .filter(({ name }) => !columns.includes(name))
    .filter(wanted);
  const drop = ({ active, over }: DragEndEvent) => {
    const [from, to] = [columns.indexOf(String(active.id)), columns.indexOf(String(over?.id))];
    if (from >= 0 && to >= 0 && from !== to) change({ columns: columns.toSpliced(from, 1).toSpliced(to, 0, String(active.id)) });
  };
  const original = () => {
    change({ columns: object.columns, widths: {}, frozen: 1 });
  };
  return (
    <>
      <Input
        size="small"
        allowClear
        prefix={<SearchIcon />}
        placeholder="查找栏目"
        aria-label="查找栏目"
        value={typed}
        onChange={(event) => setTyped(event.target.value)}
      />
      <div className="display-scroll">
        <DndContext sensors={sensors} collisionDetection={closestCenter} onDragEnd={drop}>
          <ul aria-label="显示的栏目">
            {fieldsOf(object, columns).map(
              (field, index) =>
                wanted(field) && (
                  <Shown
                    key={field.name}
                    field={field}
                    fixed={field.name === object.title}
                    frozen={index < state.frozen}
                    last={index === state.frozen - 1}
                    onHide={() => change({ columns: columns.filter((name) => name !== field.name) })}
                    onFreeze={() => change({ frozen: index === state.frozen - 1 ? 0 : index + 1 })}
                  />
                ),
            )}
          </ul>
        </DndContext>
        <NotShown fields={rest} onShow={(name) => change({ columns: [...columns, name] })} />
      </div>
      <Button size="small" type="link" onClick={original}>
        恢复默认栏目和宽度
      </Button>
    </>
  );
}

function NotShown({ fields, onShow }: { fields: Field[]; onShow: (name: string) => void }) {
  return (
    <>
      {fields.length > 0 && <h3>未显示</h3>}
      <ul aria-label="未显示的栏目">
        {fields.map(({ name, label }) => (
          <li key={name} className="columns-row">
            <Checkbox checked={false} onChange={() => onShow(name)}>
              {label}
            </Checkbox>
          </li>
        ))}
      </ul>
    </>
  );
}

interface ShownProps {
  field: Field;
  fixed: boolean;
  frozen: boolean;
  last: boolean;
  onHide: () => void;
  onFreeze: () => void;
}

function Shown({ field: { name, label }, fixed, frozen, last, onHide, onFreeze }: ShownProps) {
  const { setNodeRef: setHeld, setActivatorNodeRef, listeners, attributes, transform, isDragging } = useDraggable({ id: name });
  const { setNodeRef: setPlace, isOver } = useDroppable({ id: name });
  return (
    <li
      ref={(element) => {
        setHeld(element);
        setPlace(element);
      }}
      className={`columns-row ${isOver ? "columns-over" : ""} ${isDragging ? "columns-held" : ""} ${frozen ? "columns-frozen" : ""}`}
      style={transform ? { transform: `translateY(${transform.y}px)` } : undefined}
    >
      <button
        type="button"
        ref={setActivatorNodeRef}
        {...listeners}
        {...attributes}
        className="plain columns-grip"
        aria-label={`移动栏目“${label}”`}
      >
        <HolderIcon />
      </button>
      <Checkbox checked disabled={fixed} onChange={onHide}>
        {label}
      </Checkbox>
      <button
        type="button"
        className="plain columns-pin"
        aria-pressed={frozen}
        aria-label={last ? "取消冻结" : `冻结到“${label}”`}
        title={last ? "取消冻结" : "冻结到此栏"}
        onClick={onFreeze}
      >
        <PushpinIcon />
      </button>
    </li>
  );
}

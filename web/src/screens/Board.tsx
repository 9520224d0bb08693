/** Records by the state they are in, or by any choice; moving a card takes the action that leads there. */
import {
  DndContext,
  DragOverlay,
  KeyboardSensor,
  PointerSensor,
  TouchSensor,
  useSensor,
  useSensors,
  type DragEndEvent,
  type DragStartEvent,
} from "@dnd-kit/core";
import { useEffect, useRef, useState } from "react";
import type { Field, Option, Row } from "../client/types";
import { Select } from "../kit/heavy";
import { asText } from "../kinds/values";
import { BoardColumn } from "./board/BoardColumn";
import { CardFace } from "./board/BoardCard";
import { isRow, toNeighbour, words } from "./board/drag";
import { boardFields, boardField } from "./board/fields";
import { reachable, useMove } from "./board/useMove";
import { useBoardTotals } from "./board/useTotals";
import { NothingFound } from "./list/NothingFound";
import type { ShapeProps } from "./list/shapes";

export default function Board(props: ShapeProps) {
  const { object, state, change } = props;
  const fields = boardFields(object);
  const field = boardField(object, state.settings["board.field"]);
  if (!field) return null;
  return (
    <>
      {fields.length > 1 && (
        <div className="shape-bar">
          <label>
            {"分列："}
            <Select
              size="small"
              className="w-180"
              aria-label="看板按什么分列"
              options={fields.map(({ name, label }) => ({ value: name, label }))}
              value={field.name}
              onChange={(name: unknown) => change({ settings: { "board.field": name === object.board ? "" : String(name) } })}
            />
          </label>
        </div>
      )}
      <Columns {...props} key={field.name} field={field} />
    </>
  );
}

const NONE: Option = { value: "", label: "未填" };
/** So many columns are read at a glance; of more, empty ones step back. */
const GLANCE = 10;

function Columns({ object, state, change, field }: ShapeProps & { field: Field }) {
  const { filter, q, rules } = state;
  const [held, setHeld] = useState<Row | null>(null);
  const [whole, setWhole] = useState(false);
  const board = useRef<HTMLDivElement>(null);
  const { move, moved, asking } = useMove(object, field);
  const totals = useBoardTotals(object, field, filter, q);
  const sensors = useSensors(
    useSensor(PointerSensor, { activationConstraint: { distance: 6 } }),
    useSensor(TouchSensor, { activationConstraint: { delay: 220, tolerance: 8 } }),
    useSensor(KeyboardSensor, { coordinateGetter: toNeighbour }),
  );
  const start = ({ active }: DragStartEvent) => {
    const row = active.data.current?.row as unknown;
    setHeld(isRow(row) ? row : null);
  };
  const end = ({ over }: DragEndEvent) => {
    if (held && over && asText(held[field.name]) !== over.data.current?.value) move(held, asText(over.data.current?.value));
    setHeld(null);
  };
  const open = (value: string) =>
    held === null || asText(held[field.name]) === value || reachable(object, field, asText(held[field.name]), value);
  const all = [
    ...(field.options ?? []).filter(({ value, retired }) => !retired || totals?.has(value)),
    ...(totals?.has("") || (field.kind === "choice" && !field.required) ? [NONE] : []),
  ];
  const full =
    totals && field.kind === "choice" && !whole && all.length > GLANCE
      ? all.filter(({ value }) => totals.has(value) || [...moved.values()].some(({ to }) => to === value))
      : all;
  const first = totals && full.findIndex(({ value }) => totals.has(value));
  useEffect(() => {
    showColumn(board.current, first ?? 0);
  }, [first]);
  if (totals?.size === 0 && held === null && moved.size === 0)
    return <NothingFound object={object} state={state} clear={() => change({ filter: null, q: "" })} />;
  return (
    <DndContext
      sensors={sensors}
      onDragStart={start}
      onDragEnd={end}
      onDragCancel={() => setHeld(null)}
      accessibility={words(object, field)}
    >
      <div ref={board} className="board" role="group" tabIndex={0} aria-label={`${object.label}看板`}>
        {full.map((option) => (
          <BoardColumn
            key={option.value}
            object={object}
            field={field}
            option={option}
            filter={filter}
            q={q}
            rules={rules}
            moved={moved}
            total={totals?.get(option.value)}
            counted={totals !== undefined}
            open={open(option.value)}
          />
        ))}
        {full.length < all.length && (
          <button
            type="button"
            className="plain column-rest"
            onClick={() => setWhole(true)}
          >{`显示 ${all.length - full.length} 个空列`}</button>
        )}
      </div>
      <DragOverlay dropAnimation={null}>
        {held && <CardFace object={object} row={held} without={field.name} lifted />}
      </DragOverlay>
      {asking}
    </DndContext>
  );
}

/** Where only one column has room, it opens at the first that holds something. */
function showColumn(board: HTMLElement | null, index: number): void {
  const column = board?.querySelectorAll<HTMLElement>(".column")[index];
  if (board && column && index > 0 && column.offsetWidth * 2 > board.clientWidth)
    board.scrollLeft = column.offsetLeft - board.offsetLeft;
}

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
import type { Description, Field, Option, Row } from "../client/types";
import { Select } from "../kit/heavy";
import { asText } from "../kinds/values";
import { BoardColumn } from "./board/BoardColumn";
import { CardFace } from "./board/BoardCard";
import { isRow, toNeighbour, words } from "./board/drag";
import { boardFields, boardField } from "./board/fields";
import { reachable, useMove, type Moved } from "./board/useMove";
import { useBoardTotals, type Totals } from "./board/useTotals";
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
  const { move, moved, asking } = useMove(object, field);
  const totals = useBoardTotals(object, field, filter, q);
  const { held, opens, drag } = useCarrying(object, field, move);
  const { columns, empty, showAll } = useColumns(field, totals, moved);
  const board = useFirstFilled(columns, totals);
  if (totals?.size === 0 && held === null && moved.size === 0)
    return <NothingFound object={object} state={state} clear={() => change({ filter: null, q: "" })} />;
  return (
    <DndContext {...drag} accessibility={words(object, field)}>
      <div ref={board} className="board" role="group" tabIndex={0} aria-label={`${object.label}看板`}>
        {columns.map((option) => (
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
            open={opens(option.value)}
          />
        ))}
        {empty > 0 && <button type="button" className="plain column-rest" onClick={showAll}>{`显示 ${empty} 个空列`}</button>}
      </div>
      <DragOverlay dropAnimation={null}>
        {held && <CardFace object={object} row={held} without={field.name} lifted />}
      </DragOverlay>
      {asking}
    </DndContext>
  );
}

/** A card between being picked up and put down, and where it may go. */
function useCarrying(object: Description, field: Field, move: (row: Row, to: string) => void) {
  const [held, setHeld] = useState<Row | null>(null);
  const sensors = useSensors(
    useSensor(PointerSensor, { activationConstraint: { distance: 6 } }),
    useSensor(TouchSensor, { activationConstraint: { delay: 220, tolerance: 8 } }),
    useSensor(KeyboardSensor, { coordinateGetter: toNeighbour }),
  );
  const onDragStart = ({ active }: DragStartEvent) => {
    const row = active.data.current?.row as unknown;
    setHeld(isRow(row) ? row : null);
  };
  const onDragEnd = ({ over }: DragEndEvent) => {
    if (held && over && asText(held[field.name]) !== over.data.current?.value) move(held, asText(over.data.current?.value));
    setHeld(null);
  };
  const opens = (value: string) =>
    held === null || asText(held[field.name]) === value || reachable(object, field, asText(held[field.name]), value);
  return { held, opens, drag: { sensors, onDragStart, onDragEnd, onDragCancel: () => setHeld(null) } };
}

/** The columns in sight, and how many empty ones step back until they are asked for. */
function useColumns(field: Field, totals: Totals | undefined, moved: Moved) {
  const [whole, setWhole] = useState(false);
  const all = [
    ...(field.options ?? []).filter(({ value, retired }) => !retired || totals?.has(value)),
    ...(totals?.has("") || (field.kind === "choice" && !field.required) ? [NONE] : []),
  ];
  const columns =
    totals && field.kind === "choice" && !whole && all.length > GLANCE
      ? all.filter(({ value }) => totals.has(value) || [...moved.values()].some(({ to }) => to === value))
      : all;
  return { columns, empty: all.length - columns.length, showAll: () => setWhole(true) };
}

/** The board, once it is known what its columns hold, stands at the first that holds something. */
function useFirstFilled(columns: Option[], totals: Totals | undefined) {
  const board = useRef<HTMLDivElement>(null);
  const first = totals && columns.findIndex(({ value }) => totals.has(value));
  useEffect(() => {
    showColumn(board.current, first ?? 0);
  }, [first]);
  return board;
}

/** Where only one column has room, it opens at the first that holds something. */
function showColumn(board: HTMLElement | null, index: number): void {
  const column = board?.querySelectorAll<HTMLElement>(".column")[index];
  if (board && column && index > 0 && column.offsetWidth * 2 > board.clientWidth)
    board.scrollLeft = column.offsetLeft - board.offsetLeft;
}

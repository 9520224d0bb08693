/** Records by the state they are in; moving a card takes the action that leads there. */
import { DndContext, DragOverlay, KeyboardSensor, PointerSensor, TouchSensor, useSensor, useSensors, type DragEndEvent, type DragStartEvent } from "@dnd-kit/core";
import { useState } from "react";
import { fieldOf } from "../app/meta";
import type { Row } from "../client/types";
import { asText } from "../kinds/values";
import { BoardColumn } from "./board/BoardColumn";
import { CardFace } from "./board/BoardCard";
import { isRow, toNeighbour, words } from "./board/drag";
import { reachable, useMove } from "./board/useMove";
import type { ShapeProps } from "./list/shapes";
import { useBoardTotals } from "./board/useTotals";

export default function Board({ object, state: { filter, q } }: ShapeProps) {
  const field = fieldOf(object, object.board ?? "");
  const [held, setHeld] = useState<Row | null>(null);
  const { move, moved, asking } = useMove(object, field);
  const totals = useBoardTotals(object, field, filter);
  const sensors = useSensors(
    useSensor(PointerSensor, { activationConstraint: { distance: 6 } }),
    useSensor(TouchSensor, { activationConstraint: { delay: 220, tolerance: 8 } }),
    useSensor(KeyboardSensor, { coordinateGetter: toNeighbour }),
  );
  if (!field) return null;
  const start = ({ active }: DragStartEvent) => { const row = active.data.current?.row as unknown; setHeld(isRow(row) ? row : null); };
  const end = ({ over }: DragEndEvent) => {
    if (held && over && asText(held[field.name]) !== over.id) move(held, String(over.id));
    setHeld(null);
  };
  const columns = (field.options ?? []).map((option) => (
    <BoardColumn
      key={option.value} object={object} field={field} option={option} filter={filter} q={q} moved={moved} total={totals?.get(option.value)}
      open={held === null || held[field.name] === option.value || reachable(object, field, asText(held[field.name]), option.value)}
    />
  ));
  return (
    <DndContext sensors={sensors} onDragStart={start} onDragEnd={end} onDragCancel={() => setHeld(null)} accessibility={words(object, field)}>
      <div className="board" role="group" aria-label={`${object.label}看板`}>{columns}</div>
      <DragOverlay dropAnimation={null}>{held && <CardFace object={object} row={held} lifted />}</DragOverlay>
      {asking}
    </DndContext>
  );
}

/** Moving cards with the keyboard, and what a screen reader says meanwhile. */
import type { DndContextProps, KeyboardCoordinateGetter } from "@dnd-kit/core";
import type { Description, Field, Row } from "../../client/types";
import { isObject } from "../../kinds/values";

export const isRow = (value: unknown): value is Row => isObject(value) && "id" in value;

/** Left and right go to the next column. */
export const toNeighbour: KeyboardCoordinateGetter = (event, { currentCoordinates, context }) => {
  if (event.code !== "ArrowRight" && event.code !== "ArrowLeft") return undefined;
  event.preventDefault();
  const columns = [...context.droppableRects.values()]
    .map(({ left, width, top }) => ({ left, width, top }))
    .sort((one, other) => one.left - other.left);
  const middle = currentCoordinates.x + (context.collisionRect?.width ?? 0) / 2;
  const at = columns.findIndex(({ left, width }) => middle >= left && middle <= left + width);
  const next = columns[at + (event.code === "ArrowRight" ? 1 : -1)];
  return next && { x: next.left + 8, y: next.top + 60 };
};

export function words(object: Description, field: Field): NonNullable<DndContextProps["accessibility"]> {
  const column = (id: unknown) => field.options?.find(({ value }) => `column:${value}` === id)?.label ?? "";
  return {
    screenReaderInstructions: { draggable: `按空格拿起${object.label}，用左右箭头换到另一列，再按空格放下，按 Esc 取消。` },
    announcements: {
      onDragStart: () => `已拿起${object.label}`,
      onDragOver: ({ over }) => (over ? `在“${column(over.id)}”上方` : undefined),
      onDragEnd: ({ over }) => (over ? `放到了“${column(over.id)}”` : "没有移动"),
      onDragCancel: () => "已取消",
    },
  };
}

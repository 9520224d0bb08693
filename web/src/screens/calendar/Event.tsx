import { useDraggable } from "@dnd-kit/core";
import type { Description, Field, Row } from "../../client/types";
import { colourOf, optionOf } from "../../kinds/Badge";
import { toDay } from "../../kinds/dates";
import { canTick, isTicked, Tick } from "../../kit/Tick";
import { fieldsOf } from "../../app/meta";
import { asRef, isBlank } from "../../kinds/values";
import { nameOf } from "../list/GridRow";

export interface EventProps {
  object: Description;
  field: Field;
  row: Row;
  onOpen: (row: Row) => void;
  fixed?: boolean;
}

/** One record on its day: drawn with the pointer or the keyboard to another. */
export function Event({ object, field, row, onOpen, fixed }: EventProps) {
  const { setNodeRef, listeners, attributes, isDragging } = useDraggable({
    id: String(row.id),
    data: { row },
    disabled: fixed ?? field.readonly === true,
  });
  const beside = besideOf(object, row);
  return (
    <div ref={setNodeRef} className={`${look(object, field, row)} ${isDragging ? "event-lifted" : ""}`} {...listeners}>
      <Tick object={object} row={row} />
      <button
        type="button"
        className="plain event-words"
        title={[nameOf(object, row), beside].filter(Boolean).join(" · ")}
        onClick={() => onOpen(row)}
        {...attributes}
        role="button"
      >
        <Face object={object} field={field} row={row} />
        {beside && <small className="muted"> {beside}</small>}
      </button>
    </div>
  );
}

export function Face({ object, field, row }: Pick<EventProps, "object" | "field" | "row">) {
  return (
    <>
      {field.kind === "datetime" && <time className="figure">{toDay(row[field.name])?.format("HH:mm")}</time>}{" "}
      {nameOf(object, row)}
    </>
  );
}

/** The first it points to: 预付款 says little without the 合同 it is of. */
export const parentOf = (object: Description, row: Row): Field | undefined =>
  fieldsOf(object, object.columns).find(({ kind, name }) => kind === "ref" && !isBlank(row[name]));

/** What it is of, as plain words, unless its name says that already. */
function besideOf(object: Description, row: Row): string {
  const parent = parentOf(object, row);
  const label = parent ? (asRef(row[parent.name])?.label ?? "") : "";
  return nameOf(object, row).includes(label) ? "" : label;
}

/** The colour of its state; what is late says so. */
export function look(object: Description, field: Field, row: Row): string {
  const state = object.fields.find(({ kind, name }) => kind === "state" && name === (object.board ?? name));
  const colour = state ? colourOf(optionOf(state, row[state.name])?.color) || "grey" : "blue";
  const late = canTick(object, row) && (toDay(row[field.name])?.endOf("day").valueOf() ?? Infinity) < Date.now();
  return `event event-${late ? "red" : colour} ${isTicked(object, row) ? "event-done" : ""}`;
}

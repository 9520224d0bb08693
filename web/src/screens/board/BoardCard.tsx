import { useDraggable } from "@dnd-kit/core";
import { Link } from "react-router";
import { fieldsOf } from "../../app/meta";
import type { Description, Field, Row } from "../../client/types";
import { kindOf, Shown } from "../../kinds";
import { isBlank } from "../../kinds/values";
import { nameOf } from "../list/GridRow";
import { tintsOf, type Rule, type Tint } from "../list/rules";

/** A card is glanced at: whose, how much, until when, by whom. */
const TOLD: Field["kind"][] = ["ref", "money", "date", "choice", "person"];

export function BoardCard({ object, field, row, rules }: { object: Description; field: Field; row: Row; rules: Rule[] }) {
  const { setNodeRef, listeners, attributes, isDragging } = useDraggable({
    id: row.id,
    data: { row },
    attributes: { role: "group" },
  });
  return (
    <div
      ref={setNodeRef}
      {...listeners}
      {...attributes}
      className={isDragging ? "board-slot" : undefined}
      aria-label={nameOf(object, row)}
      aria-roledescription={`可移动的${object.label}`}
    >
      <CardFace object={object} row={row} without={field.name} tint={tintsOf(rules, row).row} />
    </div>
  );
}

interface FaceProps {
  object: Description;
  row: Row;
  without?: string;
  lifted?: boolean;
  tint?: Tint;
}

export function CardFace({ object, row, without, lifted, tint }: FaceProps) {
  const shown = fieldsOf(object, object.columns).filter(
    ({ name }) => name !== object.title && name !== without && !isBlank(row[name]),
  );
  const told = TOLD.map((kind) => shown.find((field) => field.kind === kind)).filter((field) => field !== undefined);
  return (
    <div className={`board-card ${lifted ? "lifted" : ""} ${tint ? `tint tint-${tint}` : ""}`}>
      <Link to={`/${object.collection}/${row.id}`} draggable={false} className="title-link">
        {nameOf(object, row)}
      </Link>
      <div className="board-facts">
        {told.map((field) => (
          <Fact key={field.name} field={field} row={row} />
        ))}
      </div>
    </div>
  );
}

function Fact({ field, row }: { field: Field; row: Row }) {
  const value = row[field.name];
  return (
    <span title={field.label}>
      {field.kind === "ref" ? kindOf(field).text(value, field) : <Shown field={field} value={value} row={row} />}
    </span>
  );
}

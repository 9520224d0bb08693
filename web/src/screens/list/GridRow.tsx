import { Checkbox } from "antd";
import { memo } from "react";
import type { Description, Field, Row } from "../../client/types";
import { kindOf, Shown } from "../../kinds";
import { asText } from "../../kinds/values";
import { EyeIcon } from "../../kit/icons";
import { CellEditor } from "./CellEditor";
import type { ViewProps } from "./Grid";
import type { Place } from "./keys";
import type { Placed } from "./layout";
import { RecordLink } from "./RecordLink";
import { tintsOf, type Rule, type Tint } from "./rules";
import { isEditable, type Editing } from "./useCellEdit";

export type Hands = {
  readonly now: ViewProps & {
    go: (place: Place) => void;
    setPlace: (place: Place) => void;
    onLeave: (line: number, column: number) => void;
  };
};

interface Props {
  object: Description;
  placed: Placed[];
  template: string;
  row: Row;
  index: number;
  line: number;
  top: number;
  height: number;
  rules: Rule[];
  hands: Hands;
  chosen: boolean;
  looked: boolean;
  column: number;
  editing: Editing | null;
  sent: Record<string, unknown> | undefined;
}

export const GridRow = memo(function GridRow(props: Props) {
  const { object, placed, template, row, index, line, top, height, rules, hands, chosen, looked, editing } = props;
  const tints = tintsOf(rules, row);
  return (
    <div
      role="row"
      aria-rowindex={line + 2}
      aria-selected={chosen}
      data-index={line}
      className={`grid-row ${tint(tints.row)} ${looked ? "grid-looked" : ""} ${editing ? "grid-editing" : ""}`}
      style={{ gridTemplateColumns: template, transform: `translateY(${top}px)`, height }}
    >
      <span role="gridcell" className="grid-check">
        <Checkbox
          aria-label={`选择${nameOf(object, row)}`}
          checked={chosen}
          onClick={(event) => hands.now.selection.toggle(index, event.shiftKey)}
        />
      </span>
      {placed.map(({ field, left }, column) => (
        <Cell key={field.name} {...props} field={field} left={left} at={column} tinted={tints.cells[field.name]} />
      ))}
    </div>
  );
});

const tint = (name: Tint | undefined) => (name ? `tint tint-${name}` : "");

interface CellProps extends Props {
  field: Field;
  left: number | null;
  at: number;
  tinted: Tint | undefined;
}

function Cell({ object, field, left, at, row, line, hands, column, editing, sent, tinted }: CellProps) {
  const open = editing?.field.name === field.name ? editing : null;
  const waiting = sent !== undefined && field.name in sent;
  const shown = waiting ? { ...row, [field.name]: sent[field.name] } : row;
  const names = [
    kindOf(field).align ?? "",
    field.name === object.title ? "grid-title" : "",
    left === null ? "" : "grid-frozen",
    tint(tinted),
    open ? "grid-open" : "",
    waiting ? "grid-sent" : "",
  ];
  const begin = () => (isEditable(object, field) ? hands.now.edit.begin(row, field) : hands.now.onPreview(row));
  return (
    <span
      role="gridcell"
      aria-colindex={at + 1}
      tabIndex={at === column ? 0 : -1}
      data-cell={`${line}:${at}`}
      className={names.filter(Boolean).join(" ")}
      style={left === null ? undefined : { insetInlineStart: left }}
      aria-readonly={!isEditable(object, field)}
      onFocus={() => {
        if (!open) hands.now.setPlace({ line, column: at });
      }}
      onClick={() => {
        if (hands.now.looked) hands.now.onPreview(row);
      }}
      onDoubleClick={open ? undefined : begin}
    >
      {open ? (
        <CellEditor editing={open} edit={hands.now.edit} onLeave={(step) => hands.now.onLeave(line, at + step)} />
      ) : (
        <GridCell object={object} field={field} row={shown} />
      )}
      {field.name === object.title && !open && (
        <button
          type="button"
          className="plain grid-peek"
          tabIndex={-1}
          aria-label={`预览${nameOf(object, row)}`}
          title="预览（p）"
          onClick={(event) => {
            event.stopPropagation();
            hands.now.onPreview(row);
          }}
        >
          <EyeIcon />
        </button>
      )}
    </span>
  );
}

export const nameOf = (object: Description, row: Row) => asText(row[object.title]) || `#${row.id}`;

export function GridCell({ object, field, row }: { object: Description; field: Field; row: Row }) {
  const kind = kindOf(field);
  const value = row[field.name];
  if (field.name === object.title) {
    return (
      <RecordLink collection={object.collection} id={row.id} tabIndex={-1} className="title-link">
        {kind.text(value, field) || "（未命名）"}
        {row.incomplete === true && <small className="incomplete">资料不全</small>}
      </RecordLink>
    );
  }
  if (field.kind === "lines")
    return <span className="figure muted">{Array.isArray(value) && value.length > 0 ? `${value.length} 项` : ""}</span>;
  return <Shown field={field} value={value} row={row} />;
}

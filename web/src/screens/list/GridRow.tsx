import { Checkbox } from "antd";
import { memo } from "react";
import { Link } from "react-router";
import type { Description, Field, Row } from "../../client/types";
import { kindOf, Shown } from "../../kinds";
import { asText } from "../../kinds/values";
import type { GridProps } from "./Grid";

interface Props extends GridProps { row: Row; index: number; top: number; template: string; active: boolean; onActive: (index: number) => void }

export const GridRow = memo(function GridRow({ object, columns, row, index, top, template, active, onActive, selection, onPreview }: Props) {
  const chosen = selection?.has(row.id) ?? false;
  return (
    <div
      role="row" aria-rowindex={index + 2} aria-selected={selection ? chosen : undefined} data-index={index} tabIndex={active ? 0 : -1}
      className="grid-row" style={{ gridTemplateColumns: template, transform: `translateY(${top}px)` }}
      onFocus={() => onActive(index)} onClick={(event) => { if (!(event.target as HTMLElement).closest("a, button, label, input")) onPreview(row); }}
    >
      {selection && (
        <span role="gridcell" className="grid-check" onClick={(event) => event.stopPropagation()}>
          <Checkbox aria-label={`选择${nameOf(object, row)}`} checked={chosen} onClick={(event) => selection.toggle(index, event.shiftKey)} />
        </span>
      )}
      {columns.map((field) => (
        <span key={field.name} role="gridcell" className={field.name === object.title ? "grid-title" : kindOf(field).align}><GridCell object={object} field={field} row={row} /></span>
      ))}
    </div>
  );
});

export const nameOf = (object: Description, row: Row) => asText(row[object.title]) || `#${row.id}`;

export function GridCell({ object, field, row }: { object: Description; field: Field; row: Row }) {
  const kind = kindOf(field);
  const value = row[field.name];
  if (field.name === object.title) {
    return <Link to={`/${object.collection}/${row.id}`} className="title-link">{kind.text(value, field) || "（未命名）"}{row.incomplete === true && <small className="incomplete">资料不全</small>}</Link>;
  }
  if (field.kind === "lines") return <span className="figure muted">{Array.isArray(value) && value.length > 0 ? `${value.length} 项` : ""}</span>;
  return <Shown field={field} value={value} row={row} />;
}

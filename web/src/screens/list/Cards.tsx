/** The same rows on a phone: what names a record, then what tells it apart. */
import { useVirtualizer } from "@tanstack/react-virtual";
import { Checkbox } from "antd";
import { useEffect, useRef } from "react";
import { Link } from "react-router";
import type { Field, Row } from "../../client/types";
import { kindOf, Shown } from "../../kinds";
import { isBlank } from "../../kinds/values";
import type { GridProps } from "./Grid";
import { nameOf } from "./GridRow";

const CARD = 84;

export function Cards({ object, columns, rows, more, onMore, selection, dimmed }: GridProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({ count: rows.length, getScrollElement: () => scroller.current, estimateSize: () => CARD, overscan: 8 });
  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => { if (more && last >= rows.length - 10) onMore(); }, [more, last, rows.length, onMore]);
  const shown = columns.filter(({ name, kind }) => name !== object.title && kind !== "lines");
  return (
    <div ref={scroller} className={`cards ${dimmed ? "dimmed" : ""}`}>
      <ul aria-label={object.label} style={{ height: virtual.getTotalSize() }}>
        {items.map(({ index, start }) => {
          const row = rows[index];
          return row && (
            <li key={row.id} ref={virtual.measureElement} data-index={index} style={{ transform: `translateY(${start}px)` }}>
              {selection?.some && <Checkbox aria-label={`选择${nameOf(object, row)}`} checked={selection.has(row.id)} onChange={() => selection.toggle(index)} />}
              <Link to={`/${object.collection}/${row.id}`} className="card-link"><strong>{nameOf(object, row)}</strong><Facts fields={shown} row={row} /></Link>
            </li>
          );
        })}
      </ul>
    </div>
  );
}

function Facts({ fields, row }: { fields: Field[]; row: Row }) {
  const told = fields.filter(({ name }) => !isBlank(row[name])).slice(0, 5);
  return (
    <span className="card-facts">
      {told.map((field) => <Fact key={field.name} field={field} value={row[field.name]} />)}
    </span>
  );
}

/** Badges and figures speak for themselves; everything else is plain words, since a card is one link. */
function Fact({ field, value }: { field: Field; value: unknown }) {
  const drawn = ["choice", "state", "money", "choices", "tags"].includes(field.kind);
  return <span title={field.label}>{drawn ? <Shown field={field} value={value} /> : kindOf(field).text(value, field)}</span>;
}

/** A table of any length: only the rows in sight are in the page. */
import { useVirtualizer } from "@tanstack/react-virtual";
import { Checkbox } from "antd";
import { useEffect, useRef, useState, type KeyboardEvent } from "react";
import { useDensity } from "../../app/density";
import type { Description, Field, Row } from "../../client/types";
import { kindOf } from "../../kinds";
import { GridRow } from "./GridRow";
import { readOrder } from "./order";
import type { Selection } from "./useSelection";
import { ArrowDownIcon, ArrowUpIcon } from "../../kit/icons";

export interface GridProps {
  object: Description;
  columns: Field[];
  rows: Row[];
  more: boolean;
  onMore: () => void;
  order: string;
  onSort: (field: string, keepOthers: boolean) => void;
  selection: Selection | null;
  onOpen: (row: Row) => void;
  onPreview: (row: Row) => void;
  dimmed: boolean;
}

export function Grid(props: GridProps) {
  const { columns, rows, more, onMore, selection } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const { row: tall } = useDensity();
  const [active, setActive] = useState(0);
  const virtual = useVirtualizer({ count: rows.length, getScrollElement: () => scroller.current, estimateSize: () => tall, overscan: 12 });
  useEffect(() => virtual.measure(), [virtual, tall]);
  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => { if (more && last >= rows.length - 15) onMore(); }, [more, last, rows.length, onMore]);

  const widths = columns.map((field) => width(field, props.object));
  const template = `${selection ? "40px " : ""}${widths.map((wide) => `minmax(${wide}px, ${wide}fr)`).join(" ")}`;
  const minWidth = widths.reduce((all, wide) => all + wide, selection ? 40 : 0);
  const go = (index: number) => {
    const next = Math.max(0, Math.min(rows.length - 1, index));
    setActive(next);
    virtual.scrollToIndex(next);
    requestAnimationFrame(() => scroller.current?.querySelector<HTMLElement>(`[data-index="${next}"]`)?.focus());
  };
  return (
    <div ref={scroller} className={`grid ${props.dimmed ? "dimmed" : ""}`} role="grid" aria-label={props.object.label} aria-rowcount={more ? -1 : rows.length + 1} onKeyDown={(event) => keys(event, active, go, props)}>
      <div className="grid-head" role="row" aria-rowindex={1} style={{ gridTemplateColumns: template, minWidth }}>
        {selection && <span role="columnheader" className="grid-check"><Checkbox aria-label="选择已显示的全部" checked={selection.shown} indeterminate={selection.some && !selection.shown} onChange={selection.toggleShown} /></span>}
        {columns.map((field) => <Head key={field.name} field={field} title={field.name === props.object.title} order={props.order} onSort={props.onSort} />)}
      </div>
      <div className="grid-body" style={{ height: virtual.getTotalSize(), minWidth }}>
        {items.map(({ index, start }) => {
          const row = rows[index];
          return row && <GridRow key={row.id} {...props} row={row} index={index} top={start} template={template} active={index === active} onActive={setActive} />;
        })}
      </div>
    </div>
  );
}

/** A column is as wide as its kind, its title or its longest option asks for. */
function width(field: Field, object: Description): number {
  const longest = Math.max(0, ...(field.options ?? []).map(({ label }) => label.length));
  const wanted = Math.max(kindOf(field).width, field.label.length * 13 + 30, Math.min(180, longest * 13 + 36));
  return field.name === object.title ? Math.max(220, wanted) : wanted;
}

function Head({ field, title, order, onSort }: { field: Field; title: boolean; order: string; onSort: GridProps["onSort"] }) {
  const sorts = readOrder(order);
  const place = sorts.findIndex((sort) => sort.field === field.name);
  const sort = sorts[place];
  const direction = sort && (sort.down ? "descending" : "ascending");
  return (
    <span role="columnheader" aria-sort={direction} className={title ? "grid-title" : kindOf(field).align}>
      {field.sortable === false ? field.label : (
        <button type="button" className="plain" title="点击排序，按住 Shift 再点可按多列排序" onClick={(event) => onSort(field.name, event.shiftKey)}>
          {field.label}
          {sort && (sort.down ? <ArrowDownIcon /> : <ArrowUpIcon />)}
          {sort && sorts.length > 1 && <small>{place + 1}</small>}
        </button>
      )}
    </span>
  );
}

/** Arrows move, Enter opens, Space looks inside, x chooses. */
function keys(event: KeyboardEvent<HTMLElement>, active: number, go: (index: number) => void, props: GridProps): void {
  if (!(event.target instanceof HTMLElement) || !event.target.matches("[data-index]")) return;
  const row = props.rows[active];
  const moves: Record<string, () => void> = {
    ArrowDown: () => go(active + 1), ArrowUp: () => go(active - 1), PageDown: () => go(active + 15), PageUp: () => go(active - 15),
    Home: () => go(0), End: () => go(props.rows.length - 1),
    Enter: () => row && props.onOpen(row), " ": () => row && props.onPreview(row), x: () => props.selection?.toggle(active, event.shiftKey),
  };
  const move = moves[event.key];
  if (!move) return;
  event.preventDefault();
  move();
}

/** The same rows on a phone: what names a record, then what tells it apart. Held down, a card is chosen. */
import { useVirtualizer } from "@tanstack/react-virtual";
import { Checkbox } from "antd";
import { useEffect, useRef } from "react";
import { Link } from "react-router";
import type { Field, Fields, Row } from "../../client/types";
import { kindOf, Shown } from "../../kinds";
import { isBlank } from "../../kinds/values";
import { DownIcon, RightIcon } from "../../kit/icons";
import type { ViewProps } from "./Grid";
import { Rest } from "./GridGroup";
import { nameOf } from "./GridRow";
import { keyOf, type GroupLine } from "./lines";
import { tintsOf } from "./rules";
import { addsUp, isMeasured, totalText, wayOf, WAYS } from "./totals";

const CARD = 84,
  HEAD = 48;

export function Cards(props: ViewProps) {
  const { object, columns, lines, more, onMore, onLook } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => (lines[index]?.kind === "row" ? CARD : HEAD),
    overscan: 8,
  });
  const items = virtual.getVirtualItems();
  const last = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (more && last >= lines.length - 10) onMore();
  }, [more, last, lines.length, onMore]);
  useEffect(() => onLook(last), [last, onLook]);
  const shown = columns.filter(({ name, kind }) => name !== object.title && kind !== "lines");
  return (
    <>
      <div ref={scroller} className={`cards ${props.dimmed ? "dimmed" : ""}`}>
        <ul aria-label={object.label} style={{ height: virtual.getTotalSize() }}>
          {items.map(({ index, start }) => {
            const line = lines[index];
            if (!line) return null;
            const at = { ref: virtual.measureElement, "data-index": index, style: { transform: `translateY(${start}px)` } };
            if (line.kind === "group")
              return (
                <li key={keyOf(line)} {...at} className={`cards-group depth-${line.depth}`}>
                  <GroupHead group={line} columns={columns} totals={props.state.totals} onFold={props.onFold} />
                </li>
              );
            if (line.kind === "rest")
              return (
                <li key={keyOf(line)} {...at}>
                  <Rest rest={line} onRest={props.onRest} />
                </li>
              );
            return (
              <li key={keyOf(line)} {...at} className={tintClass(props, line.row)}>
                <Card {...props} shown={shown} row={line.row} index={line.index} />
              </li>
            );
          })}
        </ul>
      </div>
      <Sums columns={columns} totals={props.state.totals} figures={props.totals} />
    </>
  );
}

const tintClass = ({ rules }: ViewProps, row: Row) => {
  const { row: tint } = tintsOf(rules, row);
  return tint ? `tint tint-${tint}` : "";
};

const HELD = 450;

function Card({ object, selection, shown, row, index }: ViewProps & { shown: Field[]; row: Row; index: number }) {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const held = useRef(false);
  const begin = () => {
    held.current = false;
    timer.current = setTimeout(() => {
      held.current = true;
      selection.toggle(index);
    }, HELD);
  };
  const stop = () => clearTimeout(timer.current);
  return (
    <>
      {selection.some && (
        <Checkbox
          aria-label={`选择${nameOf(object, row)}`}
          checked={selection.has(row.id)}
          onChange={() => selection.toggle(index)}
        />
      )}
      <Link
        to={`/${object.collection}/${row.id}`}
        className="card-link"
        draggable={false}
        onTouchStart={begin}
        onTouchEnd={stop}
        onTouchMove={stop}
        onContextMenu={(event) => event.preventDefault()}
        onClick={(event) => {
          if (held.current || selection.some) event.preventDefault();
          if (selection.some && !held.current) selection.toggle(index);
          held.current = false;
        }}
      >
        <strong>{nameOf(object, row)}</strong>
        <Facts fields={shown} row={row} />
      </Link>
    </>
  );
}

function GroupHead({
  group,
  columns,
  totals,
  onFold,
}: {
  group: GroupLine;
  columns: Field[];
  totals: Record<string, string>;
  onFold: (key: string) => void;
}) {
  const [first] = columns.filter(isMeasured);
  return (
    <button type="button" className="plain" aria-expanded={group.open} onClick={() => onFold(group.key)}>
      {group.open ? <DownIcon /> : <RightIcon />}
      <strong>{group.label}</strong>
      <small className="muted figure">{`${group.count.toLocaleString("zh-CN")} 条`}</small>
      <span className="spacer" />
      {first && <span className="figure muted">{totalText(first, wayOf(first, totals), group.figures)}</span>}
    </button>
  );
}

/** Two figures of the whole list, where a table has its foot. */
function Sums({ columns, totals, figures }: { columns: Field[]; totals: Record<string, string>; figures: Fields | undefined }) {
  const told = columns.filter((field) => isMeasured(field) && wayOf(field, totals) !== "none").slice(0, 2);
  if (told.length === 0 || !addsUp(figures)) return null;
  return (
    <p className="cards-sums figure">
      {told.map((field) => (
        <span key={field.name}>
          <small className="muted">{`${field.label}${WAYS[wayOf(field, totals)] ?? ""}`}</small>{" "}
          {totalText(field, wayOf(field, totals), figures) || "–"}
        </span>
      ))}
    </p>
  );
}

/** A bare number or day says nothing; the first amount of a card does. */
const NEEDS_NAME = new Set<Field["kind"]>(["integer", "decimal", "boolean", "date", "datetime"]);

export function Facts({ fields, row }: { fields: Field[]; row: Row }) {
  const told = fields.filter(({ name }) => !isBlank(row[name])).slice(0, 5);
  const amount = told.find(({ kind }) => kind === "money");
  return (
    <span className="card-facts">
      {told.map((field) => (
        <Fact
          key={field.name}
          field={field}
          row={row}
          named={NEEDS_NAME.has(field.kind) || (field.kind === "money" && field !== amount)}
        />
      ))}
    </span>
  );
}

/** Badges and figures speak for themselves; everything else is plain words, since a card is one link. */
function Fact({ field, row, named }: { field: Field; row: Row; named: boolean }) {
  const value = row[field.name];
  const drawn = ["choice", "state", "money", "choices", "tags"].includes(field.kind);
  return (
    <span title={field.label}>
      {named && <small>{field.label} </small>}
      {drawn ? <Shown field={field} value={value} row={row} /> : kindOf(field).text(value, field)}
    </span>
  );
}

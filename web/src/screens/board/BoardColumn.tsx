import { useDroppable } from "@dnd-kit/core";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useRef } from "react";
import { useLocation } from "react-router";
import type { Description, Field, Fields, Filter, Option, Row } from "../../client/types";
import { Badge } from "../../kinds/Badge";
import { short } from "../../kinds/numbers";
import { Skeleton } from "../../kit/Skeleton";
import { forServer, narrowed } from "../list/filters";
import { rememberList } from "../list/last";
import type { Rule } from "../list/rules";
import { useRows } from "../list/useRows";
import { BoardCard } from "./BoardCard";
import type { Moved } from "./useMove";
import { sumsOf } from "./useTotals";

interface Props {
  object: Description;
  field: Field;
  option: Option;
  filter: Filter | null;
  q: string;
  rules: Rule[];
  moved: Moved;
  total?: Fields;
  counted: boolean;
  open: boolean;
}

export function BoardColumn(props: Props) {
  const { object, field, option, open, total } = props;
  const { setNodeRef, isOver } = useDroppable({ id: `column:${option.value}`, data: { value: option.value }, disabled: !open });
  return (
    <section
      ref={setNodeRef}
      className={`column ${open ? "" : "column-shut"} ${isOver && open ? "column-over" : ""}`}
      aria-label={option.label}
    >
      <header className="column-head">
        <h2>
          <Badge option={option} label={option.label} />{" "}
          <small className="muted figure">{Number(total?.count ?? 0).toLocaleString("zh-CN")}</small>
        </h2>
        <p className="muted figure column-sums">
          {sumsOf(object, field, option, total).map(({ label, value }) => (
            <span key={label}>
              <span>{label}</span>
              <span>¥{short(value)}</span>
            </span>
          ))}
        </p>
      </header>
      <CardsOf {...props} />
    </section>
  );
}

const CARD = 86,
  GAP = 8;
/** So many cards below the last one in sight are there before somebody gets to them. */
const AHEAD = 30;

/** Only the cards in sight are in the page; more are asked for as one scrolls. */
function CardsOf(props: Props) {
  const { object, field, rules, counted, total } = props;
  const { rows, query, look } = useColumn(props);
  const scroller = useRef<HTMLDivElement>(null);
  const { pathname, search } = useLocation();
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => CARD,
    gap: GAP,
    overscan: 5,
    getItemKey: (index) => rows[index]?.id ?? index,
  });
  const items = virtual.getVirtualItems();
  const [first, last] = [items[0]?.index ?? 0, items.at(-1)?.index ?? 0];
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = query;
  useEffect(() => {
    if (hasNextPage && !isFetchingNextPage && last >= rows.length - AHEAD) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage, last, rows.length]);
  useEffect(() => look(Math.floor((first + last) / 2)), [first, last, look]);
  return (
    <div
      ref={scroller}
      className="column-body"
      onClickCapture={() =>
        rememberList(
          object.collection,
          pathname + search,
          rows.map(({ id }) => id),
        )
      }
    >
      {query.isPending && (!counted || Number(total?.count ?? 0) > 0) && <Skeleton rows={4} />}
      {query.isError && (
        <p className="reason" role="alert">
          {query.error.message}
        </p>
      )}
      <div className="column-cards" style={{ height: virtual.getTotalSize() }}>
        {items.map(({ index, start }) => {
          const row = rows[index];
          return (
            row && (
              <div
                key={row.id}
                ref={virtual.measureElement}
                data-index={index}
                className="column-place"
                style={{ transform: `translateY(${start}px)` }}
              >
                <BoardCard object={object} field={field} row={row} rules={rules} />
              </div>
            )
          );
        })}
      </div>
    </div>
  );
}

/** The cards of a column, read like the rows of a list: after a move only what is in sight is asked for anew. */
function useColumn({ object, field, option, filter, q, rules, moved }: Props) {
  const fields = [...new Set([object.title, ...object.columns, field.name, "version"])];
  const here =
    option.value === ""
      ? { field: field.name, op: "empty" as const }
      : { field: field.name, op: "eq" as const, value: option.value };
  const meets = rules.map((rule) => forServer(rule.filter) ?? { or: [] });
  const { pages: query, rows, look } = useRows(object, { q, filter: narrowed(filter, here), order: object.order, fields, meets });
  const stayed = rows.filter(({ id }) => !moved.has(id));
  const came: Row[] = [...moved.values()]
    .filter(({ to }) => to === option.value)
    .map(({ row }) => ({ ...row, [field.name]: option.value }));
  return { rows: [...came, ...stayed], query, look };
}

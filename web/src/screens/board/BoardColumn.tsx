import { useDroppable } from "@dnd-kit/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { Button } from "antd";
import { records } from "../../client/api";
import type { Description, Field, Fields, Filter, Option, Row } from "../../client/types";
import { Badge } from "../../kinds/Badge";
import { short } from "../../kinds/numbers";
import { Skeleton } from "../../kit/Skeleton";
import { forServer, narrowed } from "../list/filters";
import { BoardCard } from "./BoardCard";
import type { Moved } from "./useMove";
import { summed } from "./useTotals";

interface Props { object: Description; field: Field; option: Option; filter: Filter | null; q: string; moved: Moved; total?: Fields; open: boolean }

export function BoardColumn(props: Props) {
  const { object, option, open, total } = props;
  const { setNodeRef, isOver } = useDroppable({ id: option.value, disabled: !open });
  const { rows, query } = useColumn(props);
  return (
    <section ref={setNodeRef} className={`column ${open ? "" : "column-shut"} ${isOver && open ? "column-over" : ""}`} aria-label={option.label}>
      <header className="column-head">
        <h2><Badge option={option} label={option.label} /> <small className="muted figure">{Number(total?.count ?? 0).toLocaleString("zh-CN")}</small></h2>
        <Sums object={object} total={total} />
      </header>
      <div className="column-body">
        {query.isPending && <Skeleton rows={4} />}
        {rows.map((row) => <BoardCard key={row.id} object={object} field={props.field} row={row} />)}
        {query.hasNextPage && <Button size="small" type="text" block loading={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>再看一些</Button>}
      </div>
    </section>
  );
}

function Sums({ object, total }: { object: Description; total?: Fields }) {
  const fields = summed(object);
  return (
    <p className="muted figure column-sums">
      {fields.map(({ name, label }) => <span key={name} title={label}>{label === fields[0]?.label ? "" : `${label} `}¥{short(total?.[`sum:${name}`] ?? 0)}</span>)}
    </p>
  );
}

function useColumn({ object, field, option, filter, q, moved }: Props) {
  const fields = [...new Set([object.title, ...object.columns, field.name, "version"])];
  const ask = { q: q.trim(), filter: forServer(narrowed(filter, { field: field.name, op: "eq", value: option.value })), order: object.order, limit: 30, fields };
  const query = useInfiniteQuery({
    queryKey: [object.collection, "list", "board", ask],
    queryFn: ({ pageParam, signal }) => records.list(object.collection, { ...ask, after: pageParam }, signal),
    initialPageParam: "", getNextPageParam: (last) => last.next,
  });
  const stayed = (query.data?.pages.flatMap((page) => page.rows) ?? []).filter(({ id }) => !moved.has(id));
  const came: Row[] = [...moved.values()].filter(({ to }) => to === option.value).map(({ row }) => ({ ...row, [field.name]: option.value }));
  return { rows: [...came, ...stayed], query };
}

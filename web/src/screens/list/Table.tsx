import { useCallback, useEffect, useState, lazy, Suspense } from "react";
import { useLocation, useNavigate } from "react-router";
import { fieldsOf } from "../../app/meta";
import type { Description, Row } from "../../client/types";
import { Problem } from "../../kit/Problem";
import { Skeleton } from "../../kit/Skeleton";
import { usePhone } from "../../kit/useMedia";
import { Bulk } from "./Bulk";
import { Cards } from "./Cards";
import { Grid } from "./Grid";
import { rememberList } from "./last";
import { NothingFound } from "./NothingFound";
import { clicked } from "./order";
import type { ShapeProps } from "./shapes";
import { useTotal } from "./Total";
import { useRows } from "./useRows";
import { useSelection } from "./useSelection";

const Preview = lazy(() => import("./Preview"));

export function Table({ object, state, change }: ShapeProps) {
  const phone = usePhone();
  const navigate = useNavigate();
  const { pathname, search } = useLocation();
  const fields = [...new Set([object.title, ...state.columns, "incomplete"])].filter((name) => object.fields.some((field) => field.name === name));
  const { pages, rows } = useRows(object, { ...state, fields });
  const total = useTotal(object, state.q, state.filter);
  const selection = useSelection(rows);
  const [shown, setShown] = useState<number | null>(null);
  const more = useMore(pages);
  const open = useCallback((row: Row) => void navigate(`/${object.collection}/${row.id}`), [navigate, object.collection]);
  const preview = useCallback((row: Row) => setShown(rows.indexOf(row)), [rows]);
  const looked = shown === null ? undefined : rows[shown];
  const View = phone ? Cards : Grid;
  useEffect(() => { rememberList(object.collection, pathname + search, rows.map(({ id }) => id)); }, [object.collection, pathname, search, rows]);

  if (pages.isPending) return <Skeleton rows={12} />;
  if (pages.isError && rows.length === 0) return <Problem cause={pages.error} retry={() => void pages.refetch()} />;
  if (rows.length === 0) return <NothingFound object={object} state={state} clear={() => change({ filter: null, q: "" })} />;
  return (
    <>
      <Bulk object={object} selection={selection} filter={state.filter} searching={state.q !== ""} total={total} />
      <View
        object={object} columns={fieldsOf(object, withTitle(object, state.columns))} rows={rows} more={pages.hasNextPage} onMore={more}
        order={state.order} onSort={(field, keep) => change({ order: clicked(state.order, field, keep) || object.order })}
        selection={selection} onOpen={open} onPreview={preview} dimmed={pages.isPlaceholderData}
      />
      {looked && <Suspense><Preview object={object} row={looked} onClose={() => setShown(null)} onStep={(by) => setShown((now) => step(now, by, rows.length))} /></Suspense>}
    </>
  );
}

/** The name leads to the record, so it is always there. */
const withTitle = (object: Description, columns: string[]) => (columns.includes(object.title) ? columns : [object.title, ...columns]);

const step = (now: number | null, by: number, length: number) => (now === null ? null : Math.max(0, Math.min(length - 1, now + by)));

function useMore(pages: ReturnType<typeof useRows>["pages"]) {
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = pages;
  return useCallback(() => { if (hasNextPage && !isFetchingNextPage) void fetchNextPage(); }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
}


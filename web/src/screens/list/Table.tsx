import { lazy, Suspense, useCallback, useEffect, useMemo, useState } from "react";
import { useLocation, useNavigate } from "react-router";
import { fieldsOf } from "../../app/meta";
import type { Description, Id, Row } from "../../client/types";
import { Problem } from "../../kit/Problem";
import { usePhone } from "../../kit/useMedia";
import { useAggregate } from "../dashboard/useAggregate";
import { Bulk } from "./Bulk";
import { Cards } from "./Cards";
import { forServer } from "./filters";
import { Grid, type ViewProps } from "./Grid";
import { rememberList } from "./last";
import { NothingFound } from "./NothingFound";
import { Waiting } from "./Waiting";
import type { ShapeProps } from "./shapes";
import type { ListState } from "./state";
import { useTotal } from "./Total";
import { measuresOf } from "./totals";
import { useCellEdit } from "./useCellEdit";
import { useGroups } from "./useGroups";
import { useListKeys } from "./useListKeys";
import { useRows } from "./useRows";
import { useSelection } from "./useSelection";

const Preview = lazy(() => import("./Preview"));
const KeysHelp = lazy(() => import("./KeysHelp"));

/** The list as rows: a table where there is room, cards where there is not; in groups when somebody asked for groups. */
export function Table({ object, state, change }: ShapeProps) {
  const phone = usePhone();
  const columns = useMemo(() => fieldsOf(object, withTitle(object, state.columns)), [object, state.columns]);
  const { flat, groups, lines, rows, totals, waiting, problem } = useLines(object, state, columns);
  const total = useTotal(object, state.q, state.filter);
  const selection = useSelection(rows);
  const edit = useCellEdit(object, flat.hold);
  const look = useLook(object, rows);
  const more = useMore(flat.pages);
  const [help, setHelp] = useState(false);
  useListKeys({ undo: edit.undo, help: () => setHelp(true), escape: look.close });
  const none = useCallback(() => undefined, []);

  if (waiting) return <Waiting columns={columns.length} phone={phone} />;
  if (problem && lines.length === 0) return <Problem cause={problem.error} retry={() => void problem.refetch()} />;
  if (lines.length === 0) return <NothingFound object={object} state={state} clear={() => change({ filter: null, q: "" })} />;
  const view: ViewProps = {
    object,
    columns,
    lines,
    state,
    change,
    rules: state.rules,
    more: groups === null && flat.pages.hasNextPage,
    onMore: groups === null ? more : none,
    onLook: groups === null ? flat.look : none,
    onFold: groups?.fold ?? none,
    onRest: groups?.more ?? none,
    selection,
    edit,
    onOpen: look.open,
    onPreview: look.preview,
    looked: look.row,
    totals,
    dimmed: groups === null && flat.pages.isPlaceholderData,
  };
  const View = phone ? Cards : Grid;
  return (
    <>
      <Bulk object={object} selection={selection} filter={state.filter} q={state.q} total={total} />
      <View {...view} />
      {look.row && (
        <Suspense>
          <Preview object={object} row={look.row} onClose={look.close} onStep={look.step} />
        </Suspense>
      )}
      {help && (
        <Suspense>
          <KeysHelp onClose={() => setHelp(false)} />
        </Suspense>
      )}
    </>
  );
}

/** What stands in the table: the rows as they come, or groups with theirs; and what all of it adds up to. */
function useLines(object: Description, state: ListState, columns: ViewProps["columns"]) {
  const asked = useMemo(() => {
    const names = [...new Set([object.title, ...columns.map(({ name }) => name), "incomplete", "version"])];
    const fields = names.filter((name) => name === "version" || object.fields.some((field) => field.name === name));
    return {
      q: state.q,
      filter: state.filter,
      order: state.order,
      fields,
      meets: state.rules.map(({ filter }) => forServer(filter) ?? { or: [] }),
    };
  }, [object, columns, state.q, state.filter, state.order, state.rules]);
  const measures = measuresOf(columns, state.totals);
  const grouped = state.group.length > 0;
  const flat = useRows(object, asked, !grouped);
  const groups = useGroups(object, state.group, asked, measures);
  const all = useAggregate(object, { measures, filter: state.filter, q: state.q.trim() }, measures.length > 1);
  const lines = grouped ? groups.lines : flat.lines;
  const rows = useMemo(
    () => (grouped ? lines.flatMap((line) => (line.kind === "row" ? [line.row] : [])) : flat.rows),
    [grouped, lines, flat.rows],
  );
  const source = grouped ? groups.heads : flat.pages;
  return {
    flat,
    groups: grouped ? groups : null,
    lines,
    rows,
    totals: all.data?.[0],
    waiting: source.isPending,
    problem: source.isError ? source : null,
  };
}

/** Looking into a record beside the list, one after another. */
function useLook(object: Description, rows: Row[]) {
  const navigate = useNavigate();
  const { pathname, search } = useLocation();
  const [id, setId] = useState<Id | null>(null);
  const at = rows.findIndex((row) => row.id === id);
  useEffect(() => {
    rememberList(
      object.collection,
      pathname + search,
      rows.map((row) => row.id),
    );
  }, [object.collection, pathname, search, rows]);
  const open = useCallback((row: Row) => void navigate(`/${object.collection}/${row.id}`), [navigate, object.collection]);
  const step = (by: number) => setId(rows[Math.max(0, Math.min(rows.length - 1, at + by))]?.id ?? null);
  return {
    row: id === null ? undefined : rows[at],
    open,
    preview: useCallback((row: Row) => setId(row.id), []),
    close: useCallback(() => setId(null), []),
    step,
  };
}

/** The name leads to the record, so it is always there. */
const withTitle = (object: Description, columns: string[]) =>
  columns.includes(object.title) ? columns : [object.title, ...columns];

function useMore(pages: ReturnType<typeof useRows>["pages"]) {
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = pages;
  return useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
}

/** A table of any length: only the rows in sight are in the page. */
import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import { useDensity } from "../../app/density";
import type { Description, Field, Fields, Row } from "../../client/types";
import { GridFoot } from "./GridFoot";
import { GridGroup, GridRest, type At } from "./GridGroup";
import { GridHead } from "./GridHead";
import { GridRow, type Hands } from "./GridRow";
import { gridKeys, type Place } from "./keys";
import { placed, template, wholeWidth, type Placed } from "./layout";
import { keyOf, type Line } from "./lines";
import type { Rule } from "./rules";
import type { Change, ListState } from "./state";
import type { CellEdit } from "./useCellEdit";
import type { Selection } from "./useSelection";

export interface ViewProps {
  object: Description;
  columns: Field[];
  lines: Line[];
  state: ListState;
  change: Change;
  rules: Rule[];
  /** There are more rows behind the last line. */
  more: boolean;
  onMore: () => void;
  onLook: (index: number) => void;
  onFold: (key: string) => void;
  onRest: (key: string) => void;
  selection: Selection;
  edit: CellEdit;
  onOpen: (row: Row) => void;
  onPreview: (row: Row) => void;
  /** The record one looks into beside the table. */
  looked: Row | undefined;
  totals: Fields | undefined;
  dimmed: boolean;
}

export function Grid(props: ViewProps) {
  const { object, lines, more, state } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const [drawn, setDrawn] = useState<Record<string, number>>({});
  const { inSight, height, whole, show } = useLinesInSight(scroller, props);
  const columns = useColumns(scroller, props, drawn);
  const { place, setPlace, go } = usePlace(scroller, props, show);
  const [template_, minWidth] = [template(columns, true), wholeWidth(columns, true)];
  const hands = useStable({ ...props, go, setPlace, onLeave: (line: number, column: number) => go({ line, column }) });
  return (
    <div
      ref={scroller}
      className={`grid ${props.dimmed ? "dimmed" : ""}`}
      role={state.group.length > 0 ? "treegrid" : "grid"}
      aria-label={object.label}
      aria-multiselectable
      aria-rowcount={more ? -1 : lines.length + 1}
      aria-colcount={columns.length}
      onKeyDown={(event) => gridKeys(event, place, { ...props, go })}
    >
      <GridHead
        {...props}
        placed={columns}
        template={template_}
        minWidth={minWidth}
        onDraw={(name, width) => setDrawn(width === null ? {} : { [name]: width })}
      />
      <div className="grid-body" style={{ height: whole, minWidth }}>
        {inSight.map(({ index, start }) => {
          const line = lines[index];
          return (
            line && (
              <GridLine
                key={keyOf(line)}
                line={line}
                at={{ top: start, template: template_, line: index, height }}
                grid={props}
                columns={columns}
                place={place}
                hands={hands}
              />
            )
          );
        })}
      </div>
      <GridFoot
        object={object}
        placed={columns}
        template={template_}
        minWidth={minWidth}
        totals={state.totals}
        figures={props.totals}
        change={props.change}
      />
    </div>
  );
}

interface LineProps {
  line: Line;
  at: At;
  grid: ViewProps;
  columns: Placed[];
  place: Place;
  hands: Hands;
}

function GridLine({ line, at, grid, columns, place, hands }: LineProps) {
  const { object, selection, edit, looked } = grid;
  const here = place.line === at.line;
  if (line.kind === "rest") return <GridRest {...at} rest={line} onRest={grid.onRest} />;
  if (line.kind === "group")
    return (
      <GridGroup
        {...at}
        group={line}
        object={object}
        placed={columns}
        totals={grid.state.totals}
        active={here}
        onFold={grid.onFold}
      />
    );
  return (
    <GridRow
      {...at}
      object={object}
      placed={columns}
      row={line.row}
      index={line.index}
      rules={grid.rules}
      hands={hands}
      chosen={selection.has(line.row.id)}
      looked={looked?.id === line.row.id}
      column={here ? place.column : -1}
      editing={edit.editing?.row.id === line.row.id ? edit.editing : null}
      sent={edit.sent.get(line.row.id)}
    />
  );
}

type Scroller = React.RefObject<HTMLDivElement | null>;

/** The lines that are in the page; whoever comes near the last one asks for more. */
function useLinesInSight(scroller: Scroller, { lines, more, onMore, onLook }: ViewProps) {
  const { row: height } = useDensity();
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => height,
    overscan: 12,
    getItemKey: (index) => {
      const line = lines[index];
      return line ? keyOf(line) : index;
    },
  });
  useEffect(() => virtual.measure(), [height, virtual]);
  const inSight = virtual.getVirtualItems();
  const [first, last] = [inSight[0]?.index ?? 0, inSight.at(-1)?.index ?? 0];
  useEffect(() => {
    if (more && last >= lines.length - 30) onMore();
  }, [more, last, lines.length, onMore]);
  useEffect(() => onLook(Math.floor((first + last) / 2)), [first, last, onLook]);
  return { inSight, height, whole: virtual.getTotalSize(), show: (line: number) => virtual.scrollToIndex(line) };
}

/** The columns with their widths, those that are just being drawn wider included. */
function useColumns(
  scroller: Scroller,
  { object, columns, state: { widths, frozen } }: ViewProps,
  drawn: Record<string, number>,
) {
  const room = useRoom(scroller);
  return useMemo(
    () => placed(object, columns, { widths: { ...widths, ...drawn }, frozen, room, check: true }),
    [object, columns, widths, frozen, drawn, room],
  );
}

/** The cell the keyboard is in; beside an open preview it takes the preview along. */
function usePlace(scroller: Scroller, { lines, columns, looked, onPreview }: ViewProps, show: (line: number) => void) {
  const [place, setPlace] = useState<Place>({ line: 0, column: 0 });
  const go = (next: Place) => {
    const line = Math.max(0, Math.min(lines.length - 1, next.line));
    const column = Math.max(0, Math.min(columns.length - 1, next.column));
    setPlace({ line, column });
    show(line);
    const cell = (at: number) => scroller.current?.querySelector<HTMLElement>(`[data-cell="${line}:${at}"]`);
    requestAnimationFrame(() => (cell(column) ?? cell(0))?.focus());
    const row = lines[line];
    if (looked && row?.kind === "row") onPreview(row.row);
  };
  return { place, setPlace, go };
}

/** The same object at every drawing, always with what holds now: rows need not be drawn again because a function is new. */
export function useStable<T extends object>(now: T): { readonly now: T } {
  const [stable] = useState(() => ({ now }));
  useLayoutEffect(() => {
    Object.assign(stable, { now });
  });
  return stable;
}

/** How wide the table may be; columns share what is left over. */
function useRoom(scroller: Scroller): number {
  const [room, setRoom] = useState(0);
  useLayoutEffect(() => {
    const box = scroller.current;
    if (!box) return undefined;
    const measure = () => setRoom(box.clientWidth);
    measure();
    const watch = new ResizeObserver(measure);
    watch.observe(box);
    return () => watch.disconnect();
  }, [scroller]);
  return room;
}

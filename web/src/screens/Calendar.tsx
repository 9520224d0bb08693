/** The records of a list by the day they stand on; drawing one to another day changes it. */
import {
  DndContext,
  DragOverlay,
  KeyboardSensor,
  MouseSensor,
  TouchSensor,
  useSensor,
  useSensors,
  type DragEndEvent,
  type DragStartEvent,
} from "@dnd-kit/core";
import dayjs from "dayjs";
import { lazy, Suspense, useState, type ReactNode } from "react";
import { useLocation } from "react-router";
import "../app/calendar.css";
import { may } from "../app/meta";
import type { Description, Field, Row } from "../client/types";
import { toDay } from "../kinds/dates";
import { Problem } from "../kit/Problem";
import { usePhone } from "../kit/useMedia";
import { isRow } from "./board/drag";
import { Agenda } from "./calendar/Agenda";
import { byDay, daysOf, fieldToShow, movedTo, SPANS, type Span } from "./calendar/days";
import { Face } from "./calendar/Event";
import { Head } from "./calendar/Head";
import { Days, Month } from "./calendar/Slots";
import { useEvents } from "./calendar/useEvents";
import { useMoveDay } from "./calendar/useMoveDay";
import { useFormHost } from "./form/host";
import { rememberList } from "./list/last";
import type { ShapeProps } from "./list/shapes";

const Preview = lazy(() => import("./list/Preview"));

/** Only at the very edge: otherwise the days run away from under the pointer. */
const GENTLY = { threshold: { x: 0, y: 0.05 }, acceleration: 3 };

export default function Calendar({ object, state, change }: ShapeProps) {
  const field = fieldToShow(object, state.settings["calendar.by"]);
  return field ? <CalendarOf object={object} state={state} change={change} field={field} /> : null;
}

function CalendarOf({ object, state, change, field }: ShapeProps & { field: Field }) {
  const phone = usePhone();
  const { pathname, search } = useLocation();
  const asked = SPANS.find((one) => one === state.settings["calendar.span"]) ?? "month";
  const span: Span = phone ? "agenda" : asked;
  const at = toDay(state.settings["calendar.at"]) ?? dayjs();
  const days = daysOf(span, at);
  const found = useEvents(object, field, days, state);
  const { move, place } = useMoveDay(object, field);
  const rows = place(found.data?.rows ?? []);
  const [looked, setLooked] = useState<Row | null>(null);
  const add = useAdd(object, field);
  const set = (settings: Record<string, string>) => change({ settings });
  if (found.isError && !found.data) return <Problem cause={found.error} retry={() => void found.refetch()} />;
  const shared = {
    object,
    field,
    days,
    found: byDay(rows, field),
    onOpen: setLooked,
    onDay: (day: dayjs.Dayjs) => set({ "calendar.span": "day", "calendar.at": day.format("YYYY-MM-DD") }),
    ...(add && { onAdd: add }),
  };
  return (
    <div
      className={`calendar ${found.isPlaceholderData ? "dimmed" : ""}`}
      onClickCapture={() =>
        rememberList(
          object.collection,
          pathname + search,
          rows.map(({ id }) => id),
        )
      }
    >
      <Head object={object} field={field} span={span} at={at} set={set} />
      {found.data?.more && <p className="notice notice-warn">这段时间的记录太多，只显示前 1,000 条；请缩小筛选或时间范围。</p>}
      <Movable object={object} field={field} move={move}>
        {span === "month" && <Month {...shared} month={at} />}
        {(span === "week" || span === "day") && <Days {...shared} />}
        {span === "agenda" && <Agenda {...shared} />}
      </Movable>
      {looked && (
        <Suspense>
          <Preview
            object={object}
            row={looked}
            onClose={() => setLooked(null)}
            onStep={(by) => setLooked(stepped(rows, looked, by))}
          />
        </Suspense>
      )}
    </div>
  );
}

interface MovableProps {
  object: Description;
  field: Field;
  move: (row: Row, day: string, hour?: number) => Promise<void>;
  children: ReactNode;
}

/** Days between which records are drawn, and the record one holds meanwhile. */
function Movable({ object, field, move, children }: MovableProps) {
  const [held, setHeld] = useState<Row | null>(null);
  const sensors = useSensors(
    useSensor(MouseSensor, { activationConstraint: { distance: 5 } }),
    useSensor(TouchSensor, { activationConstraint: { delay: 220, tolerance: 8 } }),
    useSensor(KeyboardSensor),
  );
  const start = ({ active }: DragStartEvent) => {
    const row = active.data.current?.row as unknown;
    setHeld(isRow(row) ? row : null);
  };
  const end = ({ over, active }: DragEndEvent) => {
    const row = active.data.current?.row as unknown;
    const to = over?.data.current as { day: string; hour?: number } | undefined;
    setHeld(null);
    if (to && isRow(row)) void move(row, to.day, to.hour);
  };
  return (
    <DndContext sensors={sensors} autoScroll={GENTLY} onDragStart={start} onDragEnd={end} onDragCancel={() => setHeld(null)}>
      {children}
      <DragOverlay dropAnimation={null}>
        {held && (
          <div className="event event-blue event-held">
            <Face object={object} field={field} row={held} />
          </div>
        )}
      </DragOverlay>
    </DndContext>
  );
}

/** A click on a day begins a record on that day, where the field can be typed at all. */
function useAdd(object: Description, field: Field) {
  const { open } = useFormHost();
  if (!may(object, "add") || field.readonly) return undefined;
  return (day: string, hour?: number) =>
    open({
      collection: object.collection,
      quick: true,
      preset: { [field.name]: movedTo(field, null, day, hour) },
      onSaved: () => undefined,
    });
}

const stepped = (rows: Row[], from: Row, by: number) =>
  rows[Math.max(0, Math.min(rows.length - 1, rows.findIndex(({ id }) => id === from.id) + by))] ?? from;

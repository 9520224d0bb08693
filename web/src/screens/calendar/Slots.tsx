/** The places a record can stand on: days of a month, or hours of a few days. */
import { useDroppable } from "@dnd-kit/core";
import dayjs, { type Dayjs } from "dayjs";
import type { ReactNode } from "react";
import type { Row } from "../../client/types";
import { DAY, toDay } from "../../kinds/dates";
import { PlusIcon } from "../../kit/icons";
import { hoursOf, WEEKDAYS } from "./days";
import { Event, type EventProps } from "./Event";

export interface GridProps extends Omit<EventProps, "row"> {
  days: Dayjs[];
  found: Map<string, Row[]>;
  /** Nothing where no record may be added. */
  onAdd?: (day: string, hour?: number) => void;
  onDay: (day: Dayjs) => void;
}

const MOST_IN_A_DAY = 4;

export function Month({ days, found, onAdd, onDay, month, ...event }: GridProps & { month: Dayjs }) {
  return (
    <div className="cal-month" role="group" aria-label="月历">
      <div className="cal-names" aria-hidden="true">
        {WEEKDAYS.map((name) => (
          <span key={name}>{name}</span>
        ))}
      </div>
      <div className="cal-days">
        {days.map((day) => {
          const rows = found.get(day.format(DAY)) ?? [];
          const shown = rows.length > MOST_IN_A_DAY ? rows.slice(0, MOST_IN_A_DAY - 1) : rows;
          return (
            <Slot key={day.format(DAY)} day={day} outside={!day.isSame(month, "month")} onAdd={onAdd}>
              <button
                type="button"
                className={`plain cal-date ${today(day)}`}
                aria-label={day.format("M月D日")}
                onClick={() => onDay(day)}
              >
                {day.date() === 1 ? day.format("M月D日") : day.date()}
              </button>
              {shown.map((row) => (
                <Event key={row.id} {...event} row={row} />
              ))}
              {rows.length > shown.length && (
                <button
                  type="button"
                  className="plain cal-more"
                  onClick={() => onDay(day)}
                >{`还有 ${rows.length - shown.length} 条`}</button>
              )}
            </Slot>
          );
        })}
      </div>
    </div>
  );
}

/** A few days side by side; by the hour where records have one. */
export function Days({ days, found, onAdd, onDay, ...event }: GridProps) {
  const all = days.flatMap((day) => found.get(day.format(DAY)) ?? []);
  const hours = event.field.kind === "datetime" ? hoursOf(all, event.field) : [undefined];
  const columns = `${hours[0] === undefined ? "" : "56px "}repeat(${days.length}, minmax(0, 1fr))`;
  const rowsAt = (day: Dayjs, hour?: number) =>
    (found.get(day.format(DAY)) ?? []).filter((row) => hour === undefined || toDay(row[event.field.name])?.hour() === hour);
  return (
    <div className={hours[0] === undefined ? "cal-week cal-week-days" : "cal-week"} role="group" aria-label="周历">
      <div className="cal-names" style={{ gridTemplateColumns: columns }}>
        {hours[0] !== undefined && <span />}
        {days.map((day) => (
          <span key={day.format(DAY)}>
            <button
              type="button"
              className={`plain cal-date ${today(day)}`}
              onClick={() => onDay(day)}
            >{`${WEEKDAYS[(day.day() + 6) % 7] ?? ""} ${day.format("M/D")}`}</button>
          </span>
        ))}
      </div>
      {hours.map((hour) => (
        <div key={hour ?? "day"} className="cal-hour" style={{ gridTemplateColumns: columns }}>
          {hour !== undefined && <span className="cal-clock figure">{`${hour}:00`}</span>}
          {days.map((day) => (
            <Slot key={day.format(DAY)} day={day} hour={hour} onAdd={onAdd}>
              {rowsAt(day, hour).map((row) => (
                <Event key={row.id} {...event} row={row} />
              ))}
            </Slot>
          ))}
        </div>
      ))}
    </div>
  );
}

interface SlotProps {
  day: Dayjs;
  hour?: number;
  outside?: boolean;
  onAdd?: GridProps["onAdd"];
  children: ReactNode;
}

function Slot({ day, hour, outside, onAdd, children }: SlotProps) {
  const date = day.format(DAY);
  const { setNodeRef, isOver } = useDroppable({ id: hour === undefined ? date : `${date}T${hour}`, data: { day: date, hour } });
  const words = `${day.format("M月D日")}${hour === undefined ? "" : ` ${hour}:00`}`;
  return (
    <div
      ref={setNodeRef}
      role="group"
      aria-label={words}
      className={`cal-slot ${outside ? "cal-outside" : ""} ${isOver ? "cal-over" : ""}`}
      onClick={(event) => {
        if (event.target === event.currentTarget) onAdd?.(date, hour);
      }}
    >
      {children}
      {onAdd && (
        <button type="button" className="plain cal-add" aria-label={`在${words}新建`} onClick={() => onAdd(date, hour)}>
          <PlusIcon />
        </button>
      )}
    </div>
  );
}

const today = (day: Dayjs) => (day.isSame(dayjs(), "day") ? "cal-today" : "");

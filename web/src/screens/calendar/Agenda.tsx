import dayjs, { type Dayjs } from "dayjs";
import { useEffect, useRef } from "react";
import type { Row } from "../../client/types";
import { Shown } from "../../kinds";
import { DAY } from "../../kinds/dates";
import { Tick } from "../../kit/Tick";
import { WEEKDAYS } from "./days";
import { Face, look, parentOf, type EventProps } from "./Event";
import type { GridProps } from "./Slots";

/** Day by day what there is, for reading and for a thumb; it opens at today. */
export function Agenda({ days, found, onAdd, ...event }: Omit<GridProps, "onDay">) {
  const here = useRef<HTMLElement>(null);
  const full = days.filter((day) => found.has(day.format(DAY)));
  const next = full.find((day) => !day.isBefore(dayjs(), "day"))?.format(DAY);
  useEffect(() => {
    here.current?.scrollIntoView({ block: "start" });
  }, [next]); // newer browsers answer with a promise, which is no way to tidy up
  if (full.length === 0) return <p className="nothing-yet cal-nothing">这段时间还没有安排。</p>;
  return (
    <div className="cal-agenda">
      {full.map((day) => {
        const date = day.format(DAY);
        return (
          <section key={date} ref={date === next ? here : undefined} aria-label={dayWords(day)}>
            <h2 className={day.isSame(dayjs(), "day") ? "cal-today-words" : ""}>
              {dayWords(day)}
              {onAdd && (
                <button
                  type="button"
                  className="plain cal-agenda-add"
                  aria-label={`在${day.format("M月D日")}新建`}
                  onClick={() => onAdd(date)}
                >
                  +
                </button>
              )}
            </h2>
            <ul>
              {(found.get(date) ?? []).map((row) => (
                <Line key={row.id} {...event} row={row} />
              ))}
            </ul>
          </section>
        );
      })}
    </div>
  );
}

function Line({ object, field, row, onOpen }: EventProps) {
  const first = parentOf(object, row);
  return (
    <li className={look(object, field, row)}>
      <Tick object={object} row={row} />
      <button type="button" className="plain event-words" onClick={() => onOpen(row)}>
        <Face object={object} field={field} row={row} />
      </button>
      <small className="muted">
        {first && <Shown field={first} value={row[first.name]} />} {ownerOf(row)}
      </small>
    </li>
  );
}

const ownerOf = (row: Row) => (row.owner as { label?: string } | null)?.label ?? "";

function dayWords(day: Dayjs): string {
  const near: Record<number, string> = { 0: "今天", 1: "明天", [-1]: "昨天" };
  const name = near[day.startOf("day").diff(dayjs().startOf("day"), "day")];
  return `${name ? `${name} · ` : ""}${day.format("M月D日")} ${WEEKDAYS[(day.day() + 6) % 7] ?? ""}`;
}

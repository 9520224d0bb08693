import { Button, Segmented } from "antd";
import dayjs, { type Dayjs } from "dayjs";
import { lazy, Suspense, useState } from "react";
import type { Description, Field } from "../../client/types";
import { Select } from "../../kit/heavy";
import { LeftIcon, RightIcon } from "../../kit/icons";
import { usePhone } from "../../kit/useMedia";
import { SPAN_LABELS, SPANS, step, timeFields, title, type Span } from "./days";

const Subscribe = lazy(() => import("./Subscribe"));

interface Props {
  object: Description;
  field: Field;
  span: Span;
  at: Dayjs;
  set: (settings: Record<string, string>) => void;
}

/** Which days, by which field, and how to have them in one's own calendar. */
export function Head({ object, field, span, at, set }: Props) {
  const [subscribing, setSubscribing] = useState(false);
  const phone = usePhone();
  const go = (to: Dayjs) => set({ "calendar.at": to.format("YYYY-MM-DD") });
  const fields = timeFields(object);
  return (
    <div className="cal-head">
      <Button size="small" onClick={() => go(dayjs())}>
        今天
      </Button>
      <Button size="small" type="text" icon={<LeftIcon />} aria-label="往前" onClick={() => go(step(span, at, -1))} />
      <Button size="small" type="text" icon={<RightIcon />} aria-label="往后" onClick={() => go(step(span, at, 1))} />
      <h2 aria-live="polite">{title(span, at)}</h2>
      <span className="spacer" />
      {fields.length > 1 && (
        <span className="cal-field">
          <Select
            size="small"
            aria-label="按哪个日期"
            value={field.name}
            options={fields.map(({ name, label }) => ({ value: name, label: `按${label}` }))}
            popupMatchSelectWidth={false}
            onChange={(next: unknown) => set({ "calendar.by": String(next) })}
          />
        </span>
      )}
      {!phone && (
        <Segmented
          size="small"
          aria-label="日历范围"
          value={span}
          options={SPANS.map((value) => ({ value, label: SPAN_LABELS[value] }))}
          onChange={(next) => set({ "calendar.span": next })}
        />
      )}
      {object.calendar && object.tick && (
        <Button size="small" type="text" onClick={() => setSubscribing(true)}>
          订阅
        </Button>
      )}
      {subscribing && (
        <Suspense>
          <Subscribe onClose={() => setSubscribing(false)} />
        </Suspense>
      )}
    </div>
  );
}

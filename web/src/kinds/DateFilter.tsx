import { DatePicker, InputNumber, RangePicker, Select } from "../kit/heavy";
import { DAY, PERIODS, filterDayText, toDay } from "./dates";
import type { FilterProps } from "./kind";
import { asList, asText, isObject } from "./values";

const periods = Object.entries(PERIODS).map(([value, label]) => ({ value, label }));
const WAYS = [
  { value: "day", label: "日期" },
  { value: "ago", label: "天前" },
  { value: "ahead", label: "天后" },
];

/** A period by its name, two days, one day, or so many days from today. */
export function DateFilter(props: FilterProps) {
  if (props.op === "during") {
    return (
      <Select
        className="grow"
        aria-label={`${props.field.label}的时间段`}
        placeholder="选择时间段"
        options={periods}
        value={asText(props.value) || null}
        onChange={props.onChange}
      />
    );
  }
  return props.op === "between" ? <Between {...props} /> : <OneDay {...props} />;
}

function Between({ value, onChange }: FilterProps) {
  const [first, last] = asList(value);
  return (
    <RangePicker
      className="grow"
      value={[toDay(first), toDay(last)]}
      onChange={(days) => onChange(days?.map((day) => day?.format(DAY) ?? null) ?? null)}
    />
  );
}

function OneDay({ field, value, onChange }: FilterProps) {
  const days = isObject(value) && typeof value.days === "number" ? value.days : null;
  const way = days === null ? "day" : days <= 0 ? "ago" : "ahead";
  const begin = (next: unknown) => onChange(next === "day" ? null : { days: next === "ago" ? -30 : 7 });
  return (
    <span className="pair">
      {days === null ? (
        <DatePicker
          className="grow"
          aria-label={field.label}
          value={toDay(value)}
          onChange={(_, shown) => onChange(typeof shown === "string" && shown ? shown : null)}
        />
      ) : (
        <InputNumber
          className="grow"
          aria-label={filterDayText(value)}
          min="0"
          precision={0}
          value={String(Math.abs(days))}
          onChange={(next) => onChange({ days: Number(next ?? 0) * (way === "ago" ? -1 : 1) })}
        />
      )}
      <Select aria-label="日期的写法" className="w-80" options={WAYS} value={way} onChange={begin} />
    </span>
  );
}

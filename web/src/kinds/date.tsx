import { DatePicker } from "../kit/heavy";
import { DateFilter } from "./DateFilter";
import { DAY, dayText, filterDayText, toDay } from "./dates";
import { emptyToNull, type CellProps, type InputProps, type Kind } from "./kind";

const Cell = ({ value }: CellProps) => (
  <time dateTime={dayText(value)} className="figure">
    {dayText(value)}
  </time>
);

function DateInput({ field, value, onChange, invalid, describedBy, ...rest }: InputProps) {
  return (
    <DatePicker
      {...rest}
      className="grow"
      value={toDay(value)}
      status={invalid ? "error" : ""}
      aria-label={field.label}
      aria-describedby={describedBy}
      onChange={(_, shown) => onChange(typeof shown === "string" && shown ? toDay(shown)?.format(DAY) : null)}
    />
  );
}

export const date: Kind = {
  Cell,
  Input: DateInput,
  Filter: DateFilter,
  text: (value) => filterDayText(value),
  send: emptyToNull,
  blank: null,
  width: 110,
};

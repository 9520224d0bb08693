import { DatePicker } from "../kit/heavy";
import { DateFilter } from "./DateFilter";
import { filterDayText, momentText, toDay } from "./dates";
import { emptyToNull, type CellProps, type InputProps, type Kind } from "./kind";
import { asText } from "./values";

const Cell = ({ value }: CellProps) => (
  <time dateTime={asText(value)} className="figure">
    {momentText(value)}
  </time>
);

function DateTimeInput({ field, value, onChange, invalid, describedBy, ...rest }: InputProps) {
  return (
    <DatePicker
      {...rest}
      className="grow"
      showTime={{ format: "HH:mm" }}
      format="YYYY-MM-DD HH:mm"
      value={toDay(value)}
      status={invalid ? "error" : ""}
      aria-label={field.label}
      aria-describedby={describedBy}
      onChange={(_, shown) => onChange(typeof shown === "string" && shown ? toDay(shown)?.format() : null)}
    />
  );
}

export const datetime: Kind = {
  Cell,
  Input: DateTimeInput,
  Filter: DateFilter,
  send: emptyToNull,
  blank: null,
  width: 140,
  text: (value) => (asText(value).length > 10 ? momentText(value) : filterDayText(value)),
};

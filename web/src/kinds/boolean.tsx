import { Checkbox } from "antd";
import { YesNoFilter } from "./ChoiceFilter";
import type { CellProps, InputProps, Kind } from "./kind";

const word = (value: unknown) => (value === true ? "是" : value === false ? "否" : "");
const Cell = ({ value }: CellProps) => <span className={value === true ? "" : "muted"}>{word(value)}</span>;

function Input({ field, value, onChange, describedBy, id, disabled, autoFocus }: InputProps) {
  return (
    <Checkbox
      id={id}
      disabled={disabled}
      autoFocus={autoFocus}
      checked={value === true}
      aria-describedby={describedBy}
      onChange={(event) => onChange(event.target.checked)}
    >
      {field.label}
    </Checkbox>
  );
}

export const boolean: Kind = {
  Cell,
  Input,
  Filter: YesNoFilter,
  text: word,
  send: (value) => value === true,
  blank: false,
  width: 80,
};

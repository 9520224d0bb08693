import type { CellProps, InputProps, Kind } from "./kind";
import { refText } from "./ref";
import { refFilter } from "./RefFilter";
import { RefPicker } from "./RefPicker";
import { asId, asRef } from "./values";

/** People are read more often than opened: a name, no link. */
const Cell = ({ value }: CellProps) => asRef(value)?.label ?? null;

function Input({ field, value, onChange, ...rest }: InputProps) {
  return <RefPicker {...rest} to={field.to ?? "people"} label={field.label} value={asRef(value)} onChange={onChange} />;
}

export const person: Kind = {
  Cell,
  Input,
  Filter: refFilter("person"),
  text: refText,
  send: asId,
  blank: null,
  width: 100,
};

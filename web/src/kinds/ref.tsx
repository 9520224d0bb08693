import type { CellProps, InputProps, Kind } from "./kind";
import { NAMED, refFilter } from "./RefFilter";
import { RefLink } from "./RefLink";
import { RefPicker } from "./RefPicker";
import { asId, asRef, asText } from "./values";

export function RefCell({ field, value }: CellProps) {
  const ref = asRef(value);
  return ref && <RefLink to={field.to ?? ""} value={ref} />;
}

function RefInput({ field, value, onChange, ...rest }: InputProps) {
  return <RefPicker {...rest} to={field.to ?? ""} label={field.label} value={asRef(value)} onChange={onChange} addNew />;
}

export const refText = (value: unknown) => asRef(value)?.label ?? NAMED[asText(value)] ?? (asText(value) && `#${asText(value)}`);

export const ref: Kind = {
  Cell: RefCell,
  Input: RefInput,
  Filter: refFilter("ref"),
  text: refText,
  send: asId,
  blank: null,
  width: 180,
};

import type { CellProps, InputProps, Kind } from "./kind";
import { refText } from "./ref";
import { refFilter } from "./RefFilter";
import { RefLink } from "./RefLink";
import { RefPicker } from "./RefPicker";
import { asId, asList, asRefs } from "./values";

function Cell({ field, value }: CellProps) {
  const links = asRefs(value).map((ref, index) => (
    <span key={ref.id}>
      {index > 0 && "、"}
      <RefLink to={field.to ?? ""} value={ref} />
    </span>
  ));
  return <span>{links}</span>;
}

function Input({ field, value, onChange, ...rest }: InputProps) {
  return (
    <RefPicker {...rest} multiple to={field.to ?? ""} label={field.label} value={asRefs(value)} onChange={onChange} addNew />
  );
}

export const refs: Kind = {
  Cell,
  Input,
  Filter: refFilter("ref"),
  blank: [],
  width: 200,
  text: (value) => (Array.isArray(value) ? value.map(refText).join("、") : refText(value)),
  send: (value) =>
    asList(value)
      .map(asId)
      .filter((id) => id !== null),
};

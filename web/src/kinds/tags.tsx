import { Select } from "../kit/heavy";
import { Badge } from "./Badge";
import { TagsFilter } from "./ChoiceFilter";
import type { CellProps, InputProps, Kind } from "./kind";
import { asTexts } from "./values";

const Cell = ({ value }: CellProps) => (
  <span className="badges">
    {asTexts(value).map((tag) => (
      <Badge key={tag} label={tag} />
    ))}
  </span>
);

function Input({ field, value, onChange, invalid, describedBy, ...rest }: InputProps) {
  return (
    <Select
      {...rest}
      className="grow"
      mode="tags"
      open={false}
      suffix={null}
      tokenSeparators={[",", "，", "、"]}
      placeholder="输入后回车，可多个"
      status={invalid ? "error" : ""}
      value={asTexts(value)}
      onChange={onChange}
      aria-label={field.label}
      aria-describedby={describedBy}
    />
  );
}

export const tags: Kind = {
  Cell,
  Input,
  Filter: TagsFilter,
  text: (value) => asTexts(value).join("、"),
  send: asTexts,
  blank: [],
  width: 160,
};

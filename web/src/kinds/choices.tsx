import { Select } from "../kit/heavy";
import { Badge, offered, optionLabel, optionOf } from "./Badge";
import { ChoiceFilter } from "./ChoiceFilter";
import { fitting } from "./depending";
import type { CellProps, InputProps, Kind } from "./kind";
import { asTexts } from "./values";

function Cell({ field, value, row }: CellProps) {
  const here = fitting(field, row);
  const badges = asTexts(value).map((one) => <Badge key={one} option={optionOf(here, one)} label={optionLabel(here, one)} />);
  return <span className="badges">{badges}</span>;
}

function Input({ field, value, onChange, invalid, describedBy, ...rest }: InputProps) {
  return (
    <Select
      {...rest}
      className="grow"
      mode="multiple"
      showSearch={{ optionFilterProp: "label" }}
      placeholder="选择，可多个"
      options={offered(field, asTexts(value))}
      status={invalid ? "error" : ""}
      value={asTexts(value)}
      onChange={onChange}
      aria-label={field.label}
      aria-describedby={describedBy}
    />
  );
}

export const choices: Kind = {
  Cell,
  Input,
  Filter: ChoiceFilter,
  blank: [],
  width: 160,
  send: asTexts,
  text: (value, field) =>
    asTexts(value)
      .map((one) => optionLabel(field, one))
      .join("、"),
};

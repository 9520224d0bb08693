import { Select } from "../kit/heavy";
import { Badge, offered, optionLabel, optionOf } from "./Badge";
import { ChoiceFilter } from "./ChoiceFilter";
import { fitting } from "./depending";
import { emptyToText, type CellProps, type InputProps, type Kind } from "./kind";
import { asText, isBlank } from "./values";

export function ChoiceCell({ field, value, row }: CellProps) {
  const here = fitting(field, row);
  return isBlank(value) ? null : <Badge option={optionOf(here, value)} label={optionLabel(here, value)} />;
}

export function ChoiceInput({ field, value, onChange, invalid, describedBy, ...rest }: InputProps) {
  return (
    <Select
      {...rest}
      className="grow"
      allowClear={!field.required}
      showSearch={{ optionFilterProp: "label" }}
      placeholder="选择"
      options={offered(field, [asText(value)])}
      status={invalid ? "error" : ""}
      value={asText(value) || null}
      onChange={(next: unknown) => onChange(next ?? "")}
      aria-label={field.label}
      aria-describedby={describedBy}
      aria-required={field.required}
    />
  );
}

export const choice: Kind = {
  Cell: ChoiceCell,
  Input: ChoiceInput,
  Filter: ChoiceFilter,
  blank: "",
  width: 110,
  text: (value, field) => optionLabel(field, value),
  send: emptyToText,
};

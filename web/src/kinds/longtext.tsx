import { Mentions } from "../kit/heavy";
import { useColleagues } from "./colleagues";
import { emptyToText, type CellProps, type InputProps, type Kind } from "./kind";
import { TextFilter } from "./TextFilter";
import { asText } from "./values";

function LongTextCell({ value }: CellProps) {
  return <span className="prose">{asText(value)}</span>;
}

function LongTextInput({ field, value, onChange, invalid, describedBy, ...rest }: InputProps) {
  const { colleagues, search } = useColleagues();
  return (
    <Mentions
      {...rest}
      value={asText(value)}
      autoSize={{ minRows: 3, maxRows: 12 }}
      maxLength={field.max_length ?? undefined}
      status={invalid ? "error" : ""}
      aria-label={field.label}
      aria-describedby={describedBy}
      aria-required={field.required}
      onChange={onChange}
      onSearch={search}
      options={colleagues}
      filterOption={false}
      notFoundContent="没有找到同事"
    />
  );
}

export const longtext: Kind = {
  Cell: LongTextCell,
  Input: LongTextInput,
  Filter: TextFilter,
  text: asText,
  send: emptyToText,
  blank: "",
  width: 260,
  wide: true,
};

import { TextBox } from "../kit/heavy";
import { emptyToText, type CellProps, type InputProps, type Kind } from "./kind";
import { TextFilter } from "./TextFilter";
import { asText } from "./values";

export function TextCell({ value }: CellProps) {
  return asText(value);
}

export function TextInput({ field, value, onChange, invalid, describedBy, ...rest }: InputProps) {
  return (
    <TextBox
      {...rest}
      value={asText(value)}
      maxLength={field.max_length ?? undefined}
      status={invalid ? "error" : ""}
      aria-label={field.label}
      aria-describedby={describedBy}
      aria-required={field.required}
      type={field.secret ? "password" : "text"}
      autoComplete={field.secret ? "new-password" : "off"}
      onChange={(event) => onChange(event.target.value)}
    />
  );
}

export const text: Kind = {
  Cell: TextCell,
  Input: TextInput,
  Filter: TextFilter,
  text: asText,
  send: emptyToText,
  blank: "",
  width: 180,
};

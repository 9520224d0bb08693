/** 折: the share of the list price that is paid. Written as people say it, with the factor beside it. */
import { emptyToNull, type CellProps, type InputProps, type Kind } from "./kind";
import { RatioFilter } from "./NumberFilter";
import { NumberInput } from "./NumberInput";
import { ofTenths, plain, tenths } from "./numbers";
import { asText, isBlank } from "./values";

export const ratioText = (value: unknown) => (isBlank(value) ? "" : `${tenths(value)}折（×${plain(asText(value))}）`);

function Cell({ value }: CellProps) {
  if (isBlank(value)) return null;
  return <span className="figure">{tenths(value)}折<small> ×{plain(asText(value))}</small></span>;
}

function Input(props: InputProps) {
  const factor = isBlank(props.value) ? "" : `折 = ×${plain(asText(props.value))}`;
  return (
    <NumberInput
      {...props} places={3} suffix={factor || "折"} value={isBlank(props.value) ? "" : tenths(props.value)}
      onChange={(typed) => props.onChange(ofTenths(typed))}
    />
  );
}

export const ratio: Kind = {
  Cell, Input, Filter: RatioFilter, text: ratioText, send: emptyToNull, blank: null, width: 110, align: "right",
};

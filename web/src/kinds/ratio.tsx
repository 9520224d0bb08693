/** 折: the share of the list price that is paid. Written as people say it, with the factor beside it. */
import type { Field } from "../client/types";
import { emptyToNull, type CellProps, type InputProps, type Kind } from "./kind";
import { RatioFilter } from "./NumberFilter";
import { NumberInput } from "./NumberInput";
import { ofTenths, plain, tenths, writtenTenths } from "./numbers";
import { asText, isBlank } from "./values";

/** Nobody says 0折 or 10折. */
function inWords(value: unknown, field?: Field): string | undefined {
  const ratio = Number(value);
  return ratio === 0 ? (field?.zero ?? "免费") : ratio === 1 ? "不打折" : undefined;
}

export const ratioText = (value: unknown, field?: Field) =>
  isBlank(value) ? "" : (inWords(value, field) ?? `${tenths(value)}折（×${plain(asText(value))}）`);
/** Where there is no room for the factor as well. */
export const ratioAlone = (value: unknown, field: Field) => inWords(value, field) ?? `${tenths(value)}折`;

function Cell({ value, field }: CellProps) {
  if (isBlank(value)) return null;
  const words = inWords(value, field);
  return words === undefined ? (
    <span className="figure">
      {tenths(value)}折<small> ×{plain(asText(value))}</small>
    </span>
  ) : (
    <span>{words}</span>
  );
}

function Input(props: InputProps) {
  const said = isBlank(props.value) ? "折" : (inWords(props.value, props.field) ?? `折 = ×${plain(asText(props.value))}`);
  return (
    <NumberInput
      {...props}
      places={3}
      read={writtenTenths}
      suffix={said}
      value={isBlank(props.value) ? "" : tenths(props.value)}
      onChange={(typed) => props.onChange(ofTenths(typed))}
    />
  );
}

export const ratio: Kind = {
  Cell,
  Input,
  Filter: RatioFilter,
  text: ratioText,
  send: emptyToNull,
  blank: null,
  width: 136,
  align: "right",
};

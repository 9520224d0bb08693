import { checkLimits } from "./checks";
import type { CellProps, InputProps, Kind } from "./kind";
import { IntegerFilter } from "./NumberFilter";
import { Completeness } from "./Completeness";
import { NumberInput } from "./NumberInput";
import { grouped } from "./numbers";
import { asText, isBlank } from "./values";

/** A year is read without a comma, and so is every other number of four digits. */
const integerText = (value: unknown) => (asText(value).replace("-", "").length > 4 ? grouped(value) : asText(value));

function Cell({ field, value }: CellProps) {
  return field.counted && !isBlank(value) ? (
    <Completeness percent={Number(value)} />
  ) : (
    <span className="figure">{integerText(value)}</span>
  );
}
const Input = (props: InputProps) => <NumberInput {...props} places={0} />;

export const integer: Kind = {
  Cell,
  Input,
  check: checkLimits,
  Filter: IntegerFilter,
  text: integerText,
  blank: null,
  width: 100,
  align: "right",
  send: (value) => (isBlank(value) ? null : Number(asText(value))),
};

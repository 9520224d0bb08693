import { checkLimits } from "./checks";
import { Figure } from "./Figure";
import { emptyToNull, type CellProps, type InputProps, type Kind } from "./kind";
import { DecimalFilter } from "./NumberFilter";
import { NumberInput } from "./NumberInput";
import { grouped } from "./numbers";
import { isBlank } from "./values";

const Cell = ({ value }: CellProps) => <Figure value={value} unit="¥" />;
const Input = (props: InputProps) => <NumberInput {...props} places={props.field.decimals ?? 2} cents prefix="¥" />;

export const money: Kind = {
  Cell,
  Input,
  check: checkLimits,
  Filter: DecimalFilter,
  send: emptyToNull,
  blank: null,
  width: 140,
  align: "right",
  text: (value) => (isBlank(value) ? "" : `¥${grouped(value)}`),
};

import { checkLimits } from "./checks";
import { Figure } from "./Figure";
import { emptyToNull, type CellProps, type InputProps, type Kind } from "./kind";
import { DecimalFilter } from "./NumberFilter";
import { NumberInput } from "./NumberInput";
import { grouped, plain } from "./numbers";
import { asText, isBlank } from "./values";

const trimmed = (value: unknown) => (isBlank(value) ? "" : plain(asText(value)));
const Cell = ({ value }: CellProps) => <Figure value={trimmed(value)} />;
const Input = (props: InputProps) => <NumberInput {...props} value={trimmed(props.value)} places={props.field.decimals ?? 4} />;

export const decimal: Kind = {
  Cell,
  Input,
  check: checkLimits,
  Filter: DecimalFilter,
  text: (value) => grouped(trimmed(value)),
  send: emptyToNull,
  blank: null,
  width: 110,
  align: "right",
};

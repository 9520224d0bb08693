import { Figure } from "./Figure";
import type { CellProps, InputProps, Kind } from "./kind";
import { IntegerFilter } from "./NumberFilter";
import { NumberInput } from "./NumberInput";
import { grouped } from "./numbers";
import { asText, isBlank } from "./values";

const Cell = ({ value }: CellProps) => <Figure value={value} />;
const Input = (props: InputProps) => <NumberInput {...props} places={0} />;

export const integer: Kind = {
  Cell, Input, Filter: IntegerFilter, text: grouped, blank: null, width: 100, align: "right",
  send: (value) => (isBlank(value) ? null : Number(asText(value))),
};

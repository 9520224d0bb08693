/** A value by the kind of its field: the one place where screens meet kinds. */
import { createElement } from "react";
import type { CellProps, FilterProps, InputProps } from "./kind";
import { kindOf } from "./lookup";
import { MaskedInput } from "./MaskedInput";

export const Shown = (props: CellProps) => createElement(kindOf(props.field).Cell, props);
export const Asked = (props: InputProps) => createElement(props.field.masked ? MaskedInput : kindOf(props.field).Input, props);
export const Narrowed = (props: FilterProps) => createElement(kindOf(props.field).Filter, props);

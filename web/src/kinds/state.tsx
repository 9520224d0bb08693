/** A state looks like a choice; only actions change it. */
import { ChoiceCell, ChoiceInput, choice } from "./choice";
import type { InputProps, Kind } from "./kind";

const Input = (props: InputProps) => <ChoiceInput {...props} />;

export const state: Kind = { ...choice, Cell: ChoiceCell, Input };

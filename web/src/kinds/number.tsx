/** An automatic number: given by the server, never typed. */
import type { CellProps, InputProps, Kind } from "./kind";
import { text } from "./text";
import { asText } from "./values";

const Cell = ({ value }: CellProps) => <span className="figure">{asText(value)}</span>;
const Input = ({ value }: InputProps) => <span className="muted">{asText(value) || "保存后自动编号"}</span>;

export const number: Kind = { ...text, Cell, Input, width: 140 };

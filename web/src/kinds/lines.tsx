/** Lines: a small table inside its record. */
import type { Field, Line } from "../client/types";
import type { CellProps, Kind } from "./kind";
import { LinesSheet } from "./LinesSheet";
import { LinesTable } from "./LinesTable";
import { kindOf } from "./lookup";
import { asLines } from "./values";

const Cell = ({ field, value }: CellProps) => <LinesTable field={field} lines={asLines(value)} />;
const NoValue = () => null;

function sendLine(line: Line, field: Field): Line {
  const parts = (field.parts ?? []).filter(({ name, readonly }) => !readonly && name in line);
  const sent = Object.fromEntries(parts.map((part) => [part.name, kindOf(part).send(line[part.name], part)]));
  return line.id === undefined ? sent : { id: line.id, ...sent };
}

const lineText = (line: Line, field: Field) =>
  (field.parts ?? [])
    .map((part) => kindOf(part).text(line[part.name], part))
    .filter(Boolean)
    .join(" ");

export const lines: Kind = {
  Cell,
  Input: LinesSheet,
  Filter: NoValue,
  blank: [],
  width: 80,
  wide: true,
  text: (value, field) =>
    asLines(value)
      .map((line) => lineText(line, field))
      .join("；"),
  send: (value, field) => asLines(value).map((line) => sendLine(line, field)),
};

import type { Field, Line } from "../client/types";
import { kindOf } from "./lookup";
import { Shown } from "./Shown";
import { totals } from "./totals";

export function LinesTable({ field, lines }: { field: Field; lines: Line[] }) {
  const parts = field.parts ?? [];
  if (lines.length === 0) return null;
  return (
    <div className="scroll-x">
      <table className="lines" aria-label={field.label}>
        <thead>
          <tr>
            {parts.map((part) => (
              <th key={part.name} scope="col" className={kindOf(part).align}>
                {part.label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {lines.map((line, index) => (
            <tr key={line.id ?? index}>
              {parts.map((part) => (
                <td key={part.name} data-label={part.label} className={kindOf(part).align}>
                  <Part part={part} line={line} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
        <Foot field={field} lines={lines} />
      </table>
    </div>
  );
}

const Part = ({ part, line }: { part: Field; line: Line }) => <Shown field={part} value={line[part.name]} />;

/** The totals under the lines. */
export function Foot({ field, lines, extra }: { field: Field; lines: Line[]; extra?: boolean }) {
  const sums = totals(field, lines);
  if (lines.length < 2 || Object.keys(sums).length === 0) return null;
  return (
    <tfoot>
      <tr>
        {(field.parts ?? []).map((part, index) => (
          <td key={part.name} data-label={part.name in sums ? part.label : undefined} className={kindOf(part).align}>
            {part.name in sums ? <Part part={part} line={sums} /> : index === 0 ? "合计" : null}
          </td>
        ))}
        {extra && <td />}
      </tr>
    </tfoot>
  );
}

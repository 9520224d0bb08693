import { Link } from "react-router";
import type { Shown, Values } from "../../client/reports";
import { addressOf, figureText, headText } from "./figures";

/** Rows, columns and totals; every figure leads to its records. */
export function Sheet({ shown }: { shown: Shown }) {
  const { measures, columns, rows } = shown;
  const several = measures.length > 1;
  return (
    <div className="scroll-x">
      <table className="sheet-report">
        <thead>
          <tr>
            {shown.row_fields.map(({ name, label }) => (
              <th key={name} scope="col" rowSpan={columns.length > 0 && several ? 2 : 1}>
                {label}
              </th>
            ))}
            {columns.map((column, c) => (
              <th key={c} scope="colgroup" className="right" colSpan={measures.length}>
                {headText(column)}
              </th>
            ))}
            {columns.length > 0 ? (
              <th scope="colgroup" className="right" colSpan={measures.length}>
                合计
              </th>
            ) : (
              measures.map(({ label }, m) => (
                <th key={m} scope="col" className="right">
                  {label}
                </th>
              ))
            )}
          </tr>
          {columns.length > 0 && several && (
            <tr>
              {[...columns, null].flatMap((_, c) =>
                measures.map(({ label }, m) => (
                  <th key={`${c}-${m}`} scope="col" className="right">
                    {label}
                  </th>
                )),
              )}
            </tr>
          )}
        </thead>
        <tbody>
          {rows.map((row, r) => (
            <tr key={r}>
              {row.keys.map(({ label }, k) => (
                <th key={k} scope="row">
                  {label}
                </th>
              ))}
              {columns.map((column, c) => (
                <Figures
                  key={c}
                  shown={shown}
                  values={shown.cells[r]?.[c]}
                  to={(m) => addressOf(shown, measures[m], row, column)}
                />
              ))}
              <Figures shown={shown} values={shown.row_totals[r]} to={(m) => addressOf(shown, measures[m], row)} />
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            {shown.row_fields.length > 0 && (
              <th scope="row" colSpan={shown.row_fields.length}>
                合计
              </th>
            )}
            {columns.map((column, c) => (
              <Figures key={c} shown={shown} values={shown.column_totals[c]} to={(m) => addressOf(shown, measures[m], column)} />
            ))}
            <Figures shown={shown} values={shown.total} to={(m) => addressOf(shown, measures[m])} />
          </tr>
        </tfoot>
      </table>
      {shown.left_out > 0 && <p className="muted">另有 {shown.left_out} 行没有显示，合计包含它们。</p>}
    </div>
  );
}

function Figures({ shown, values, to }: { shown: Shown; values: Values | undefined; to: (measure: number) => string }) {
  return shown.measures.map((measure, m) => {
    const value = values?.[m];
    const text = figureText(measure, value);
    const tone = measure.show === "change" && value ? (Number(value) < 0 ? "fell" : "rose") : "";
    return (
      <td key={m} className={`right figure ${tone}`}>
        {value === null || value === undefined ? <span className="nothing">{text}</span> : <Link to={to(m)}>{text}</Link>}
      </td>
    );
  });
}

import { Link } from "react-router";
import type { Shown, Values } from "../../client/reports";
import { addressOf, figureText, headText } from "./figures";

/** Rows, columns and totals; every figure leads to its records. */
export function Sheet({ shown }: { shown: Shown }) {
  const { measures, columns, rows } = shown;
  return (
    <div className="scroll-x">
      <table className="sheet-report">
        <Head shown={shown} />
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
        <Foot shown={shown} />
      </table>
      {shown.left_out > 0 && <p className="muted">另有 {shown.left_out} 行没有显示，合计包含它们。</p>}
    </div>
  );
}

/** The columns with what they count; where several figures stand in each, a second line names them. */
function Head({ shown: { row_fields, columns, measures } }: { shown: Shown }) {
  const twice = columns.length > 0 && measures.length > 1;
  return (
    <thead>
      <tr>
        {row_fields.map(({ name, label }) => (
          <th key={name} scope="col" rowSpan={twice ? 2 : 1}>
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
      {twice && (
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
  );
}

function Foot({ shown }: { shown: Shown }) {
  const { columns, measures } = shown;
  return (
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

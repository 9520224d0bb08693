import type { Description, Import } from "../../client/types";
import { targetLabel } from "./targets";

/** In the order of the file, which somebody has beside this screen; several columns may make one field. */
const pathsOf = ({ columns, mapping }: Import) => [...new Set(columns.map(({ header }) => mapping.columns[header]?.field).filter((field) => field !== undefined))];

interface Props { object: Description; import_: Import; /** Only the rows that have something wrong. */ wrongOnly?: boolean }

/** The first rows as they would be written, with what is wrong in its place. */
export function PreviewTable({ object, import_, wrongOnly = false }: Props) {
  const paths = pathsOf(import_);
  const bad = import_.preview.filter(({ errors }) => Object.keys(errors).length > 0);
  const preview = wrongOnly ? bad : import_.preview;
  const wrong = bad.length;
  if (preview.length === 0 || paths.length === 0) return null;
  return (
    <section className="panel">
      <h2>预览 <small className="muted">前 {import_.preview.length} 行{wrong > 0 && `，其中 ${wrong} 行有问题`}</small></h2>
      <div className="scroll-x" tabIndex={0} role="group" aria-label="预览，可左右滚动">
        <table className="preview-table" aria-label="预览">
          <thead><tr><th scope="col">行</th>{paths.map((path) => <th key={path} scope="col">{targetLabel(object, path)}</th>)}</tr></thead>
          <tbody>
            {preview.map(({ row, values, errors }) => (
              <tr key={row}>
                <th scope="row" className="figure">{row}</th>
                {paths.map((path) => <td key={path} className={errors[path] ? "wrong" : ""}>{values[path]}{errors[path] && <small className="reason">{errors[path]}</small>}</td>)}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

import { groups } from "../../kit/groups";
import type { Description, Import } from "../../client/types";
import { targetLabel } from "./targets";

/** The first rows as they would be written, with what is wrong in its place. */
export function PreviewTable({ object, import_ }: { object: Description; import_: Import }) {
  const { preview, mapping } = import_;
  const paths = groups(Object.values(mapping.columns), ({ field }) => field).map(([path]) => path);
  if (preview.length === 0 || paths.length === 0) return null;
  const wrong = preview.filter(({ errors }) => Object.keys(errors).length > 0).length;
  return (
    <section className="panel">
      <h2>预览 <small className="muted">前 {preview.length} 行{wrong > 0 && `，其中 ${wrong} 行有问题`}</small></h2>
      <div className="scroll-x">
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

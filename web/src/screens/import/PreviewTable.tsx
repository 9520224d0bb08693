import type { Import } from "../../client/imports";
import type { Description } from "../../client/types";
import { usePhone } from "../../kit/useMedia";
import { targetLabel } from "./targets";

/** In the order of the file, which somebody has beside this screen; several columns may make one field. */
const pathsOf = ({ columns, mapping }: Import) => [
  ...new Set(columns.map(({ header }) => mapping.columns[header]?.field).filter((field) => field !== undefined)),
];

interface Props {
  object: Description;
  import_: Import;
  /** Only the rows that have something wrong. */ wrongOnly?: boolean;
}
type Row = Import["preview"][number];

/** The first rows as they would be written, with what is wrong in its place. */
export function PreviewTable({ object, import_, wrongOnly = false }: Props) {
  const phone = usePhone();
  const paths = pathsOf(import_);
  const bad = import_.preview.filter(({ errors }) => Object.keys(errors).length > 0);
  const rows = wrongOnly ? bad : import_.preview;
  if (rows.length === 0 || paths.length === 0) return null;
  return (
    <section className="panel">
      <h2>
        预览{" "}
        <small className="muted">
          前 {import_.preview.length} 行{bad.length > 0 && `，其中 ${bad.length} 行有问题`}
        </small>
      </h2>
      {phone ? <Cards object={object} paths={paths} rows={rows} /> : <Table object={object} paths={paths} rows={rows} />}
    </section>
  );
}

interface RowsProps {
  object: Description;
  paths: string[];
  rows: Row[];
}

function Table({ object, paths, rows }: RowsProps) {
  return (
    <div className="scroll-x" tabIndex={0} role="group" aria-label="预览，可左右滚动">
      <table className="preview-table" aria-label="预览">
        <thead>
          <tr>
            <th scope="col">行</th>
            {paths.map((path) => (
              <th key={path} scope="col">
                {targetLabel(object, path)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ row, values, errors }) => (
            <tr key={row}>
              <th scope="row" className="figure">
                {row}
              </th>
              {paths.map((path) => (
                <td key={path} className={errors[path] ? "wrong" : ""}>
                  {values[path]}
                  {errors[path] && (
                    <small className="reason" title={errors[path]}>
                      {errors[path]}
                    </small>
                  )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** One under the other, what is wrong first: nothing to move sideways for. */
function Cards({ object, paths, rows }: RowsProps) {
  return (
    <ul className="preview-cards" aria-label="预览">
      {rows.map(({ row, values, errors }) => (
        <li key={row}>
          <strong className="figure">{`第 ${row} 行`}</strong>
          <dl>
            {paths
              .filter((path) => values[path] || errors[path])
              .toSorted((one, other) => Number(other in errors) - Number(one in errors))
              .map((path) => (
                <div key={path} className={errors[path] ? "wrong" : ""}>
                  <dt>{targetLabel(object, path)}</dt>
                  <dd>
                    {values[path]}
                    {errors[path] && <small className="reason">{errors[path]}</small>}
                  </dd>
                </div>
              ))}
          </dl>
        </li>
      ))}
    </ul>
  );
}

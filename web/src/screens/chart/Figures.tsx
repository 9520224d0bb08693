import { Link } from "react-router";
import { percent } from "../../kinds/numbers";
import type { Point } from "./points";

interface Props {
  points: Point[];
  label: string;
  measure: string;
  /** Whether the figures make up a whole. */ adds: boolean;
  address: (index: number) => string;
}

/** The figures behind the picture, for whoever wants them exactly or reads them by ear; each leads to its records. */
export function Figures({ points, label, measure, adds, address }: Props) {
  const whole = points.reduce((all, { value }) => all + value, 0);
  return (
    <div className="chart-figures">
      <table aria-label={`${measure}的数字`}>
        <thead>
          <tr>
            <th scope="col">{label}</th>
            <th scope="col" className="right">
              {measure}
            </th>
            {adds && (
              <th scope="col" className="right">
                {"占比"}
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {points.map(({ name, text, value }, index) => (
            <tr key={name}>
              <td>
                <Link to={address(index)}>{name}</Link>
              </td>
              <td className="right figure">{text}</td>
              {adds && <td className="right figure muted">{percent(value, whole)}</td>}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

import { Link } from "react-router";
import "../app/findings.css";
import type { Told } from "../client/types";

/** What a trial found, below the question it was asked, which may be put again. */
export function Findings({ findings }: { findings: Told }) {
  return (
    <div className="findings" role="status">
      <p>{findings.text}</p>
      <ul>
        {findings.lines.map(({ text, links }) => (
          <li key={text}>
            {text}
            <div className="muted">
              {links.map(({ collection, id, label }) => (
                <Link key={id} to={`/${collection}/${id}`} target="_blank">
                  {label}
                </Link>
              ))}
            </div>
          </li>
        ))}
      </ul>
    </div>
  );
}

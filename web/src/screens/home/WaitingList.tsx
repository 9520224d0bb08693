import { Link } from "react-router";

export interface WaitingRow {
  key: string | number;
  to: string;
  title: string;
  facts: (string | undefined)[];
  at: string;
  when: string;
  late: boolean;
}

/** What waits for me: its name, what there is to know of it, and when. */
export function WaitingList({ rows }: { rows: WaitingRow[] }) {
  return (
    <ul className="waiting-list">
      {rows.map(({ key, to, title, facts, at, when, late }) => (
        <li key={key}>
          <Link to={to}>
            <span className="waiting-title">{title}</span>
            <small>{facts.filter(Boolean).join(" · ")}</small>
          </Link>
          <time className={late ? "late" : "muted"} dateTime={at}>
            {when}
          </time>
        </li>
      ))}
    </ul>
  );
}

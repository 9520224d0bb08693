import { Link } from "react-router";
import type { Request, State } from "../../client/approvals";
import { nearText } from "../../kinds/dates";
import { STATES } from "./words";

const GLANCE = 3;

interface Props {
  request: Request;
  chosen?: boolean;
  onPick?: () => void;
}

/** One request at a glance: who wants what, what would change, and how long there is. */
export function RequestCard({ request, chosen, onPick }: Props) {
  const { title, requester, changes, facts, due_at: due } = request;
  const late = due !== null && new Date(due) < new Date();
  return (
    <li className={late ? "request-card late" : "request-card"}>
      {onPick ? <input type="checkbox" checked={chosen ?? false} aria-label={`选择“${title}”`} onChange={onPick} /> : <span />}
      <Link to={`/approvals/${request.id}`}>
        <span className="request-line">
          <strong>{title}</strong>
          <span>{request.what}</span>
          <span className="spacer" />
          <StateBadge state={request.state} />
        </span>
        {facts.length > 0 && (
          <span className="request-facts">
            {facts.map(({ label, text }) => (
              <span key={label}>
                <span className="muted">{label} </span>
                {text}
              </span>
            ))}
          </span>
        )}
        <span className="request-glance">
          {changes.slice(0, GLANCE).map((told) => (
            <span key={told.label}>
              <span className="muted">{told.label} </span>
              {told.old && (
                <>
                  <s>{told.old}</s> →{" "}
                </>
              )}
              {told.new || "（空）"}
            </span>
          ))}
          {changes.length > GLANCE && <span className="muted">{`等 ${changes.length} 项`}</span>}
        </span>
        <span className="request-line muted">
          <span>{request.policy}</span>
          <span>{requester.label}</span>
          <time>{nearText(request.created_at)}</time>
          {request.step && <span>{`当前：${request.step}`}</span>}
          {due && <span>{late ? "已超时" : `${nearText(due)} 前`}</span>}
        </span>
      </Link>
    </li>
  );
}

export const StateBadge = ({ state }: { state: State }) => <span className={`request-state ${state}`}>{STATES[state]}</span>;

/** On a record's page: what is being asked about it right now, and by whom; and what was answered before. */
import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";
import "../../app/approvals.css";
import { approvals, type Request } from "../../client/approvals";
import type { Description, RecordRow } from "../../client/types";
import { StateBadge } from "./RequestCard";

const STANDING = new Set(["pending", "choosing", "returned"]);

export default function Standing({ object, record }: { object: Description; record: RecordRow }) {
  const found = useQuery({
    queryKey: [object.collection, record.id, "approvals"],
    queryFn: () => approvals.about(object.collection, record.id),
  });
  const rows = found.data?.rows ?? [];
  const past = rows.filter(({ state }) => !STANDING.has(state));
  return (
    <>
      {rows
        .filter(({ state }) => STANDING.has(state))
        .map((request) => (
          <Asked key={request.id} request={request} />
        ))}
      {past.length > 0 && (
        <details className="standing">
          <summary>{`审批记录（${past.length}）`}</summary>
          {past.map((request) => (
            <p key={request.id}>
              <StateBadge state={request.state} />{" "}
              <Link to={`/approvals/${request.id}`}>{`${request.what}：${request.policy}`}</Link>{" "}
              <span className="muted">
                {request.requester.label} {day(request.finished_at ?? request.created_at)}
              </span>
            </p>
          ))}
        </details>
      )}
    </>
  );
}

const day = (moment: string) => moment.slice(0, 10);

function Asked({ request }: { request: Request }) {
  return (
    <p className="standing" role="status">
      <StateBadge state={request.state} />
      <Link to={`/approvals/${request.id}`}>{`${request.what}：${request.policy}`}</Link>
      {request.changes[0] && (
        <span>{`${request.changes[0].label} ${request.changes[0].old || "（空）"} → ${request.changes[0].new || "（空）"}`}</span>
      )}
      {request.asked.length > 0 && <span className="muted">{`等待${request.asked.map(({ label }) => label).join("、")}`}</span>}
    </p>
  );
}

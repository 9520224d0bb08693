/** On a record's page: what is being asked about it right now, and by whom. */
import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";
import "../../app/approvals.css";
import { approvals } from "../../client/approvals";
import type { Description, RecordRow } from "../../client/types";
import { StateBadge } from "./RequestCard";

const STANDING = new Set(["pending", "choosing", "returned"]);

export default function Standing({ object, record }: { object: Description; record: RecordRow }) {
  const found = useQuery({ queryKey: [object.collection, record.id, "approvals"], queryFn: () => approvals.about(object.collection, record.id) });
  const waiting = found.data?.rows.filter(({ state }) => STANDING.has(state)) ?? [];
  return waiting.map((request) => (
    <p key={request.id} className="standing" role="status">
      <StateBadge state={request.state} />
      <Link to={`/approvals/${request.id}`}>{`${request.what}：${request.policy}`}</Link>
      {request.changes[0] && <span>{`${request.changes[0].label} ${request.changes[0].old || "（空）"} → ${request.changes[0].new || "（空）"}`}</span>}
      {request.asked.length > 0 && <span className="muted">{`等待${request.asked.map(({ label }) => label).join("、")}`}</span>}
    </p>
  ));
}

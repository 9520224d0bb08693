import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";
import { approvals } from "../../client/approvals";
import type { HomeCard } from "../../client/desk";
import { nearText } from "../../kinds/dates";
import { Waiting } from "../dashboard/Waiting";

const FACTS = 2;

/** What waits for my agreement: who wants what, and since when. */
export function ApprovalsCard({ card }: { card: HomeCard }) {
  const inbox = useQuery({
    queryKey: ["approvals", "todo", []],
    queryFn: () => approvals.inbox("todo"),
    refetchInterval: 30_000,
  });
  if (!inbox.data) return <Waiting error={inbox.error} tall />;
  const shown = inbox.data.rows.slice(0, card.limit ?? undefined);
  if (shown.length === 0) return <p className="nothing-yet">没有等您审批的申请</p>;
  return (
    <>
      <ul className="waiting-list">
        {shown.map((request) => (
          <li key={request.id}>
            <Link to={`/approvals/${request.id}`}>
              <span className="waiting-title">{request.title}</span>
              <small>
                {[request.what, request.requester.label, ...request.facts.slice(0, FACTS).map(({ text }) => text)].join(" · ")}
              </small>
            </Link>
            <time
              className={request.due_at && new Date(request.due_at) < new Date() ? "late" : "muted"}
              dateTime={request.created_at}
            >
              {nearText(request.created_at)}
            </time>
          </li>
        ))}
      </ul>
      {inbox.data.waiting > shown.length && (
        <p className="listed-more">
          <Link to="/approvals">{`查看全部 ${inbox.data.waiting} 条`}</Link>
        </p>
      )}
    </>
  );
}

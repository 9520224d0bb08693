import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";
import { useMeta } from "../../app/meta";
import { clocks } from "../../client/clocks";
import type { HomeCard } from "../../client/desk";
import { Waiting } from "../dashboard/Waiting";
import { daysUntil, dueDay } from "./due";

/** What runs out for me within a week, the most urgent first. */
export function DeadlinesCard({ card }: { card: HomeCard }) {
  const { objects } = useMeta();
  const soon = useQuery({ queryKey: ["clocks", "mine soon"], queryFn: () => clocks.list("mine soon") });
  if (!soon.data) return <Waiting error={soon.error} tall />;
  const shown = soon.data.rows.slice(0, card.limit ?? undefined);
  if (shown.length === 0) return <p className="nothing-yet">七天内没有要到期限的事</p>;
  return (
    <>
      <ul className="waiting-list">
        {shown.map(({ id, collection, record, label, about, due_at, last_day }) => (
          <li key={`${collection} ${id} ${label}`}>
            <Link to={`/${collection}/${record.id}`}>
              <span className="waiting-title">{record.label}</span>
              <small>{[objects[collection]?.label, label, about].filter(Boolean).join(" · ")}</small>
            </Link>
            <time className={(daysUntil(last_day ?? due_at) ?? 0) < 0 ? "late" : "muted"} dateTime={due_at}>
              {dueDay(last_day ?? due_at)}
            </time>
          </li>
        ))}
      </ul>
      {soon.data.rows.length > shown.length && (
        <p className="listed-more">
          <Link to="/deadlines?whose=mine">查看全部</Link>
        </p>
      )}
    </>
  );
}

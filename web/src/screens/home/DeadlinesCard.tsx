import { useQuery } from "@tanstack/react-query";
import { useMeta } from "../../app/meta";
import { clocks } from "../../client/clocks";
import type { HomeCard } from "../../client/desk";
import { Waiting } from "../dashboard/Waiting";
import { daysUntil, dueDay } from "./due";
import { SeeAll } from "./SeeAll";
import { WaitingList } from "./WaitingList";

/** What runs out for me within a week, the most urgent first. */
export function DeadlinesCard({ card }: { card: HomeCard }) {
  const { objects } = useMeta();
  const soon = useQuery({ queryKey: ["clocks", "mine soon"], queryFn: () => clocks.list("mine soon") });
  if (!soon.data) return <Waiting error={soon.error} tall />;
  const { rows } = soon.data;
  if (rows.length === 0) return <p className="nothing-yet">七天内没有要到期限的事</p>;
  const shown = rows
    .slice(0, card.limit ?? undefined)
    .map(({ id, collection, record, label, about, due_at: at, last_day: day }) => ({
      key: `${collection} ${id} ${label}`,
      to: `/${collection}/${record.id}`,
      title: record.label,
      facts: [objects[collection]?.label, label, about],
      at,
      when: dueDay(day ?? at),
      late: (daysUntil(day ?? at) ?? 0) < 0,
    }));
  return (
    <>
      <WaitingList rows={shown} />
      {rows.length > shown.length && <SeeAll to="/deadlines?whose=mine" />}
    </>
  );
}

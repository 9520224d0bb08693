import type { HomeCard } from "../../client/desk";
import { nearText } from "../../kinds/dates";
import { useInbox } from "../approvals/useInbox";
import { Waiting } from "../dashboard/Waiting";
import { SeeAll } from "./SeeAll";
import { WaitingList } from "./WaitingList";

const FACTS = 2;

/** What waits for my agreement: who wants what, and since when. */
export function ApprovalsCard({ card }: { card: HomeCard }) {
  const inbox = useInbox("todo");
  if (!inbox.data) return <Waiting error={inbox.error} tall />;
  const { rows, waiting } = inbox.data;
  if (rows.length === 0) return <p className="nothing-yet">没有等您审批的申请</p>;
  const shown = rows
    .slice(0, card.limit ?? undefined)
    .map(({ id, title, what, requester, facts, created_at: at, due_at: due }) => ({
      key: id,
      to: `/approvals/${id}`,
      title,
      facts: [what, requester.label, ...facts.slice(0, FACTS).map(({ text }) => text)],
      at,
      when: nearText(at),
      late: due !== null && new Date(due) < new Date(),
    }));
  return (
    <>
      <WaitingList rows={shown} />
      {waiting > shown.length && <SeeAll to="/approvals" total={waiting} />}
    </>
  );
}

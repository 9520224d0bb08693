import { Link } from "react-router";
import { fieldOf } from "../../app/meta";
import type { HomeCard } from "../../client/desk";
import type { Row } from "../../client/types";
import { percent, short } from "../../kinds/numbers";
import { asText } from "../../kinds/values";
import { Waiting } from "../dashboard/Waiting";
import { listedAddress, useListed } from "./ListCard";
import { SeeAll } from "./SeeAll";

/** Records with a goal: how much of it is reached, and how much is still to be expected. */
export function ProgressCard({ card }: { card: HomeCard }) {
  const { object, rows, total } = useListed({
    ...card,
    fields: [card.reached, card.goal, card.coming].filter((name) => name != null),
  });
  if (!object || !rows.data) return <Waiting error={rows.error} tall />;
  const shown = rows.data.rows;
  if (shown.length === 0) return <p className="nothing-yet">这段时间没有定目标</p>;
  const unit = fieldOf(object, card.goal ?? "")?.kind === "money" ? "¥" : "";
  return (
    <>
      <ul className="goals">
        {shown.map((row) => (
          <Goal key={row.id} card={card} row={row} title={asText(row[object.title])} unit={unit} />
        ))}
      </ul>
      {total > shown.length && <SeeAll to={listedAddress(card)} total={total} />}
    </>
  );
}

function Goal({ card, row, title, unit }: { card: HomeCard; row: Row; title: string; unit: string }) {
  const amount = (name: string | null | undefined) => Number(asText(row[name ?? ""]) || 0);
  const [reached, goal, coming] = [amount(card.reached), amount(card.goal), amount(card.coming)];
  return (
    <li>
      <Link to={`/${card.collection}/${row.id}`} title={title}>
        <span className="goal-title">{title}</span>
        <span className="goal-share figure">{percent(reached, goal)}</span>
        <span className="goal-track" aria-hidden="true">
          <i className="goal-coming" style={{ width: within(coming, goal) }} />
          <i
            className={reached >= goal && goal > 0 ? "goal-reached goal-met" : "goal-reached"}
            style={{ width: within(reached, goal) }}
          />
        </span>
        <small className="figure">{`${unit}${short(reached)} / ${unit}${short(goal)}`}</small>
      </Link>
    </li>
  );
}

const within = (part: number, whole: number) => `${whole > 0 ? Math.min(100, (part / whole) * 100) : 0}%`;

import { Link } from "react-router";
import type { Fields } from "../../client/types";
import { colourOf } from "../../kinds/Badge";
import { short } from "../../kinds/numbers";
import { listAddress } from "../list/state";
import type { CardProps } from "./Cards";
import { figureText, groupFilter, groupOf } from "./measure";
import { useAggregate } from "./useAggregate";
import { Waiting } from "./Waiting";

/** The stages from the first to the last, as wide as what stands in them. */
export function Funnel({ card, object }: CardProps) {
  const [key = ""] = card.group ?? [];
  const group = groupOf(object, key);
  const measures = [...new Set(["count", card.measure])];
  const asked = useAggregate(object, { group: [key], measures, filter: card.filter }, group !== undefined);
  if (!asked.data || !group) return <Waiting error={asked.error} tall />;
  const steps = (group.field.options ?? [])
    .map((option) => ({ option, row: asked.data.find((row) => row[key] === option.value) }))
    .filter((step): step is { option: typeof step.option; row: Fields } => step.row !== undefined);
  if (steps.length === 0) return <p className="nothing-yet">还没有数据</p>;
  const most = Math.max(...steps.map(({ row }) => Number(row[card.measure])), 0);
  return (
    <ol className={card.measure === "count" ? "funnel funnel-count" : "funnel"}>
      {steps.map(({ option, row }) => (
        <li key={option.value}>
          <Link
            to={listAddress(object.collection, groupFilter(card, group, row))}
            title={figureText(object, card.measure, row[card.measure])}
          >
            <span className="funnel-name">{option.label}</span>
            <span className="funnel-track">
              <i
                className={colourOf(option.color) && `fill-${colourOf(option.color)}`}
                style={{ width: `${most > 0 ? Math.max(2, (Number(row[card.measure]) / most) * 100) : 2}%` }}
              />
            </span>
            <span className="figure">{Number(row.count).toLocaleString("zh-CN")}</span>
            {card.measure !== "count" && <span className="figure funnel-sum">¥{short(row[card.measure])}</span>}
          </Link>
        </li>
      ))}
    </ol>
  );
}

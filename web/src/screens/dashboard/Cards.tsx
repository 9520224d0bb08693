import type { ComponentType } from "react";
import { useDescription } from "../../app/meta";
import type { Card, Dashboard, Description } from "../../client/types";
import { Bars } from "./Bars";
import { Funnel } from "./Funnel";
import { LineCard } from "./LineCard";
import { NumberCard, RatioCard } from "./NumberCard";

export interface CardProps { card: Card; object: Description }

const LOOKS: Record<Card["type"], ComponentType<CardProps>> = { number: NumberCard, ratio: RatioCard, funnel: Funnel, bar: Bars, line: LineCard };
const WIDTHS: Record<Card["type"], number> = { number: 6, ratio: 6, funnel: 12, bar: 12, line: 12 };

export function Cards({ dashboard }: { dashboard: Dashboard }) {
  return <div className="dashboard">{dashboard.cards.map((card) => <One key={card.name} card={card} />)}</div>;
}

function One({ card }: { card: Card }) {
  const object = useDescription(card.collection);
  if (!object) return null;
  const Look = LOOKS[card.type];
  return (
    <section className="panel card" style={{ gridColumn: `span ${card.width ?? WIDTHS[card.type]}` }} aria-label={card.label}>
      <h2>{card.label}</h2>
      <Look card={card} object={object} />
    </section>
  );
}

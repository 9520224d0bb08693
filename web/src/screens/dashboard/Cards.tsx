import type { ComponentType } from "react";
import { useDescription } from "../../app/meta";
import type { Card, Dashboard, Description } from "../../client/types";
import { Bars } from "./Bars";
import { Funnel } from "./Funnel";
import { LineCard } from "./LineCard";
import { NumberCard, RatioCard } from "./NumberCard";

export interface CardProps { card: Card; object: Description }

const LOOKS: Partial<Record<Card["type"], ComponentType<CardProps>>> = { number: NumberCard, ratio: RatioCard, funnel: Funnel, bar: Bars, line: LineCard };
const FIGURES = new Set<Card["type"]>(["number", "ratio"]);

/** Figures stand in one strip, what is drawn below them, so that no card leaves a hole beside it. */
export function Cards({ dashboard }: { dashboard: Dashboard }) {
  const figures = dashboard.cards.filter(({ type }) => FIGURES.has(type));
  const drawn = dashboard.cards.filter(({ type }) => !FIGURES.has(type));
  return (
    <>
      <div className="figures">{figures.map((card) => <One key={card.name} card={card} />)}</div>
      <div className="drawings">{drawn.map((card) => <One key={card.name} card={card} />)}</div>
    </>
  );
}

function One({ card }: { card: Card }) {
  const object = useDescription(card.collection);
  const Look = LOOKS[card.type];
  if (!object || !Look) return null;
  return (
    <section className={`panel card ${(card.width ?? 12) > 12 ? "card-whole" : ""}`} aria-label={card.label}>
      <h2>{card.label}</h2>
      <Look card={card} object={object} />
    </section>
  );
}

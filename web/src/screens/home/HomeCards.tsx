import { lazy, Suspense, type ComponentType, type ReactNode } from "react";
import { Link } from "react-router";
import { useDescription } from "../../app/meta";
import type { HomeCard } from "../../client/desk";
import type { Card } from "../../client/meta";
import { Bars } from "../dashboard/Bars";
import type { CardProps } from "../dashboard/Cards";
import { Funnel } from "../dashboard/Funnel";
import { LineCard } from "../dashboard/LineCard";
import { NumberCard, RatioCard } from "../dashboard/NumberCard";
import { Waiting } from "../dashboard/Waiting";
import { ApprovalsCard } from "./ApprovalsCard";
import { DeadlinesCard } from "./DeadlinesCard";
import { FiguresCard } from "./FiguresCard";
import { ListCard, listedAddress, useListed } from "./ListCard";
import { ProgressCard } from "./ProgressCard";

/** What a dashboard shows as well, and what only a desk does. */
const LOOKS: Record<Card["type"], ComponentType<CardProps>> = {
  number: NumberCard,
  ratio: RatioCard,
  funnel: Funnel,
  bar: Bars,
  line: LineCard,
};
const DESK_LOOKS: Record<Exclude<HomeCard["type"], Card["type"] | "report">, ComponentType<{ card: HomeCard }>> = {
  list: ListCard,
  figures: FiguresCard,
  progress: ProgressCard,
  approvals: ApprovalsCard,
  deadlines: DeadlinesCard,
};

export const spanOf = ({ width, type }: HomeCard) =>
  type === "number" || type === "ratio" ? "desk-number" : (width ?? 12) > 12 ? "desk-whole" : "desk-half";

const ReportCard = lazy(() => import("./ReportCard"));

/** One card, its head first; `tools` are what arranging adds to it. */
export function DeskCard({ card, tools }: { card: HomeCard; tools?: ReactNode }) {
  if (card.report !== undefined)
    return (
      <Suspense
        fallback={
          <section className="panel card desk-card">
            <Waiting error={null} tall />
          </section>
        }
      >
        <ReportCard report={card.report} tools={tools} />
      </Suspense>
    );
  return (
    <section className="panel card desk-card" aria-label={card.label}>
      <div className="desk-head">
        <h2 title={card.hint}>{card.label}</h2>
        {card.type === "list" && !tools && <Counted card={card} />}
        {tools}
      </div>
      <div className="desk-body" inert={tools !== undefined}>
        <Body card={card} />
      </div>
    </section>
  );
}

function Counted({ card }: { card: HomeCard }) {
  const { total } = useListed(card);
  if (total === 0) return null;
  return (
    <Link className="count figure" to={listedAddress(card)} aria-label={`${card.label}：共 ${total} 条`}>
      {total}
    </Link>
  );
}

function Body({ card }: { card: HomeCard }) {
  const object = useDescription(card.collection);
  const { type } = card;
  if (!object || type === "report") return null;
  if (isDeskLook(type)) {
    const Look = DESK_LOOKS[type];
    return <Look card={card} />;
  }
  const Look = LOOKS[type];
  return <Look card={{ ...card, type }} object={object} />;
}

const isDeskLook = (type: HomeCard["type"]): type is keyof typeof DESK_LOOKS => type in DESK_LOOKS;

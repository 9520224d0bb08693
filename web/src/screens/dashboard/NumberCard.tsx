import { Link } from "react-router";
import { percent } from "../../kinds/numbers";
import { asText } from "../../kinds/values";
import { listAddress } from "../list/state";
import type { CardProps } from "./Cards";
import { Waiting } from "./Waiting";
import { figureText } from "./measure";
import { useAggregate } from "./useAggregate";

export function NumberCard({ card, object }: CardProps) {
  const asked = useAggregate(object, { measures: [card.measure], filter: card.filter });
  if (!asked.data) return <Waiting error={asked.error} />;
  return (
    <Link className="big-figure" to={listAddress(object.collection, card.filter ?? null)}>
      {figureText(object, card.measure, asked.data[0]?.[card.measure])}
    </Link>
  );
}

export function RatioCard({ card, object }: CardProps) {
  const part = useAggregate(object, { measures: [card.measure], filter: card.filter });
  const whole = useAggregate(object, { measures: [card.measure], filter: card.of });
  if (!part.data || !whole.data) return <Waiting error={part.error ?? whole.error} />;
  const [over, under] = [part.data[0]?.[card.measure] ?? 0, whole.data[0]?.[card.measure] ?? 0];
  return (
    <>
      <Link className="big-figure" to={listAddress(object.collection, card.filter ?? null)}>
        {percent(Number(asText(over)), Number(asText(under)))}
      </Link>
      <p className="muted">
        <Link to={listAddress(object.collection, card.filter ?? null)}>{figureText(object, card.measure, over)}</Link>
        {" / "}
        <Link to={listAddress(object.collection, card.of ?? null)}>{figureText(object, card.measure, under)}</Link>
      </p>
    </>
  );
}

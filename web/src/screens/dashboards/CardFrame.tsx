import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Link } from "react-router";
import { useDescription, useMeta } from "../../app/meta";
import { reports, type Common, type Definition, type Place, type Shown } from "../../client/reports";
import type { PageCard } from "../../client/meta";
import { Waiting } from "../dashboard/Waiting";
import { View } from "../reports/View";

interface Props {
  place: Place;
  common: Common;
  tools?: ReactNode;
}

/** One card: a declared one, or somebody's report; always over what the viewer may see. */
export function CardFrame({ place, common, tools }: Props) {
  const card = useBuiltin(place.builtin);
  if (place.report !== undefined) return <Kept id={place.report} common={common} tools={tools} />;
  if (!card?.definition)
    return (
      <Frame label="卡片不可用" tools={tools}>
        <p className="nothing-yet">您无权查看它的数据，或它已被移除。</p>
      </Frame>
    );
  return <Built card={card} definition={card.definition} common={common} tools={tools} />;
}

function useBuiltin(name: string | undefined): PageCard | undefined {
  const [dashboard, card] = name?.split("/") ?? [];
  return useMeta()
    .dashboards.find((one) => one.name === dashboard)
    ?.cards.find((one) => one.name === card);
}

function Built({
  card,
  definition,
  common,
  tools,
}: {
  card: PageCard;
  definition: Definition;
  common: Common;
  tools?: ReactNode;
}) {
  const object = useDescription(card.collection);
  const asked = useQuery({
    queryKey: [card.collection, "card", card.name, common],
    queryFn: () => reports.preview(card.collection, definition, common),
    enabled: object !== undefined,
    retry: false,
  });
  return (
    <Frame label={card.label} tools={tools} note={note(asked.data, common)}>
      <Body shown={asked.data} error={asked.error} name={card.label} />
    </Frame>
  );
}

function Kept({ id, common, tools }: { id: number; common: Common; tools?: ReactNode }) {
  const asked = useQuery({
    queryKey: ["reports", "result", id, common],
    queryFn: () => reports.result(id, common),
    retry: false,
  });
  const label = asked.data?.name ?? "报表";
  return (
    <Frame label={label} to={`/reports/${id}`} tools={tools} note={note(asked.data, common)}>
      <Body shown={asked.data} error={asked.error} name={label} />
    </Frame>
  );
}

/** A card without a date of its own stays as it is, and says so. */
const note = (shown: Shown | undefined, { period }: Common) => (shown && period && !shown.dated ? "不随期间变化" : undefined);

function Body({ shown, error, name }: { shown: Shown | undefined; error: Error | null; name: string }) {
  return shown ? <View shown={shown} name={name} /> : <Waiting error={error} tall />;
}

function Frame({
  label,
  to,
  note: said,
  tools,
  children,
}: {
  label: string;
  to?: string;
  note?: string;
  tools?: ReactNode;
  children: ReactNode;
}) {
  return (
    <section className="panel dash-card" aria-label={label}>
      <div className="dash-card-head">
        <h2>{to ? <Link to={to}>{label}</Link> : label}</h2>
        {said && <small className="muted">{said}</small>}
        <span className="spacer" />
        {tools}
      </div>
      <div className="dash-card-body">{children}</div>
    </section>
  );
}

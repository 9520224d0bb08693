import { useQueries } from "@tanstack/react-query";
import { records } from "../client/api";
import { CheckSquareIcon } from "../kit/frameIcons";
import { ListCard } from "../screens/home/ListCard";
import { forServer } from "../screens/list/filters";
import { Fly } from "./Fly";
import { useMeta } from "./meta";
import "./desk.css";

/** 待办: what is due today or late, done without leaving the screen one is on. */
export default function Todos() {
  const cards = useMeta().home.cards.filter(({ todo }) => todo);
  const counts = useQueries({
    queries: cards.map(({ collection, filter }) => {
      const asked = forServer(filter ?? null);
      return {
        queryKey: [collection, "home", "count", asked],
        queryFn: ({ signal }: { signal: AbortSignal }) => records.count(collection, { filter: asked }, signal),
      };
    }),
  });
  const total = counts.reduce((all, { data }) => all + (data?.count ?? 0), 0);
  return (
    <Fly icon={<CheckSquareIcon />} title="待办" count={total} label={total > 0 ? `待办，${total} 件到期` : "待办"}>
      {(close) =>
        cards.map((card) => (
          <section key={card.name} aria-label={card.label}>
            {cards.length > 1 && <h3>{card.label}</h3>}
            <ListCard card={card} onGo={close} />
          </section>
        ))
      }
    </Fly>
  );
}

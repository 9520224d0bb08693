import { useState } from "react";
import { useRefresh } from "../../app/refresh";
import { records } from "../../client/api";
import type { HomeCard } from "../../client/desk";
import type { Description, Id, Row } from "../../client/types";
import { asText } from "../../kinds/values";
import { toast } from "../../kit/toast";

/** Takes a card's action where the row stands. What the action asks can only be left out when all of it may stay empty. */
export function useAct(card: HomeCard, object: Description | undefined) {
  const refresh = useRefresh();
  const [gone, setGone] = useState<ReadonlySet<Id>>(new Set());
  const action = object?.actions.find(({ name }) => name === card.act);
  if (!object || !action || action.input?.some(({ required }) => required)) return { act: null, gone };
  const back = (id: Id) => setGone((now) => new Set([...now].filter((one) => one !== id)));
  const act = (row: Row) => {
    setGone((now) => new Set([...now, row.id]));
    records
      .act(object.collection, row.id, action.name, {})
      .then(() => {
        toast.ok(`已${action.label}“${asText(row[object.title])}”`, { to: `/${object.collection}/${row.id}`, text: "查看" });
        return refresh();
      })
      .catch((cause: unknown) => {
        back(row.id);
        toast.error(cause);
      });
  };
  return { act, gone };
}

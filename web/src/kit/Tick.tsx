/** Done with one click: the action an object names for it, beside the record it belongs to. */
import { Checkbox } from "antd";
import { useRefresh } from "../app/refresh";
import { records } from "../client/api";
import type { Action, Description, Row } from "../client/types";
import { asText } from "../kinds/values";
import { toast } from "./toast";
import { useAttempt } from "./useAttempt";

export const tickOf = (object: Description): Action | undefined => object.actions.find(({ name }) => name === object.tick);

export const canTick = (object: Description, row: Row): boolean => {
  const action = tickOf(object);
  return action?.state ? (action.sources?.includes(asText(row[action.state])) ?? true) : false;
};

/** Whether it was ticked already: it stands where the tick leads. */
export const isTicked = (object: Description, row: Row): boolean => {
  const action = tickOf(object);
  return action?.state ? action.targets.includes(asText(row[action.state])) : false;
};

export function Tick({ object, row }: { object: Description; row: Row }) {
  const { busy, attempt } = useAttempt();
  const refresh = useRefresh();
  const action = tickOf(object);
  if (!action || !(canTick(object, row) || isTicked(object, row))) return null;
  const take = () =>
    attempt(async () => {
      await records.act(object.collection, row.id, action.name, {});
      toast.ok(`已${action.label}“${asText(row[object.title])}”`);
      await refresh();
    });
  const ticked = isTicked(object, row);
  return (
    <span className="tick" onClick={(event) => event.stopPropagation()} onPointerDown={(event) => event.stopPropagation()}>
      <Checkbox
        aria-label={`${action.label}“${asText(row[object.title])}”`}
        checked={ticked || busy}
        disabled={ticked || busy}
        onChange={() => void take()}
      />
    </span>
  );
}

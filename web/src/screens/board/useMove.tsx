import { lazy, Suspense, useState, type ReactNode } from "react";
import { actionFields, leading } from "../../actions/input";
import { useRefresh } from "../../app/refresh";
import { records } from "../../client/api";
import type { Action, Description, Field, Id, Row } from "../../client/types";
import { asText } from "../../kinds/values";
import { Ask } from "../../kit/ask";
import { toast } from "../../kit/toast";

const ActionDialog = lazy(() => import("../../actions/ActionDialog"));

/** Whether a card may be dropped there: an action leads there, or the column is a plain choice. */
export const reachable = (object: Description, field: Field, from: string, to: string) =>
  (field.kind !== "state" && !field.readonly) || leading(object, field.name, from, to).length > 0;

export type Moved = ReadonlyMap<Id, { row: Row; to: string }>;
interface Asked {
  row: Row;
  to: string;
  actions: Action[];
}

/** Dropping a card: taken at once when nothing is asked, after the questions otherwise, and put back when refused. */
export function useMove(object: Description, field: Field | undefined) {
  const [moved, setMoved] = useState<Moved>(new Map());
  const [asked, setAsked] = useState<Asked | null>(null);
  const refresh = useRefresh();
  const put = (row: Row, to: string) => setMoved((now) => new Map(now).set(row.id, { row, to }));
  const back = (row: Row) =>
    setMoved((now) => {
      const next = new Map(now);
      next.delete(row.id);
      return next;
    });

  const take = async (row: Row, to: string, deed: () => Promise<unknown>) => {
    put(row, to);
    try {
      await deed();
      await refresh();
    } catch (cause) {
      toast.error(cause);
    }
    back(row);
  };
  const move = (row: Row, to: string) => {
    if (!field) return;
    if (field.kind !== "state" && !field.readonly)
      return void take(row, to, () => records.change(object.collection, row.id, Number(row.version), { [field.name]: to }));
    const actions = leading(object, field.name, asText(row[field.name]), to);
    const [only] = actions;
    if (!only) {
      toast.error(`不能从“${label(field, row[field.name])}”直接到“${label(field, to)}”`);
      return;
    }
    if (actions.length > 1 || only.danger || actionFields(object, only, to).length > 0) {
      setAsked({ row, to, actions });
      return;
    }
    return void take(row, to, () => records.act(object.collection, row.id, only.name, only.targets.length > 1 ? { to } : {}));
  };
  const asking = asked && (
    <Asking
      object={object}
      asked={asked}
      choose={(action) => setAsked({ ...asked, actions: [action] })}
      moved={({ row, to }) => void take(row, to, () => Promise.resolve())}
      close={() => setAsked(null)}
    />
  );
  return { move, moved, asking };
}

const label = (field: Field, value: unknown) => field.options?.find((option) => option.value === value)?.label ?? asText(value);

interface AskingProps {
  object: Description;
  asked: Asked;
  choose: (action: Action) => void;
  moved: (asked: Asked) => void;
  close: () => void;
}

function Asking({ object, asked, choose, moved, close }: AskingProps): ReactNode {
  const [first, ...others] = asked.actions;
  if (!first) return null;
  if (others.length === 0)
    return (
      <Suspense>
        <ActionDialog
          object={object}
          action={first}
          record={asked.row}
          target={asked.to}
          onDone={() => moved(asked)}
          onClose={close}
        />
      </Suspense>
    );
  return (
    <Ask
      title="怎样到这一步？"
      ok={first.label}
      onOk={() => {
        setTimeout(() => choose(first));
        return Promise.resolve();
      }}
      onClose={close}
    >
      <ul>
        {others.map((action) => (
          <li key={action.name}>
            <button type="button" className="plain" onClick={() => choose(action)}>
              {action.label}
            </button>
          </li>
        ))}
      </ul>
    </Ask>
  );
}

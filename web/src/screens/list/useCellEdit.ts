/** Editing in the cell: taken at once, put back when refused, and taken back by the one who did it. */
import { useQueryClient, type InfiniteData, type QueryClient } from "@tanstack/react-query";
import { useCallback, useRef, useState } from "react";
import { may } from "../../app/meta";
import { useRefresh } from "../../app/refresh";
import { records } from "../../client/api";
import { Failure } from "../../client/http";
import type { Description, Field, Id, Page, Row } from "../../client/types";
import { kindOf } from "../../kinds";
import { isBlank, isObject, same } from "../../kinds/values";
import { isHeld, toast } from "../../kit/toast";

export interface Editing {
  row: Row;
  field: Field;
  value: unknown;
  /** Why the server did not take it. */
  reason: string;
  /** What a colleague wrote meanwhile, and the version that carries it. */
  theirs?: { value: unknown; row: Row };
  /** It was refused only because it may be a duplicate. */
  twin?: boolean;
}

interface Past {
  row: Row;
  field: Field;
  before: unknown;
}

const NEVER = new Set<Field["kind"]>(["lines", "number", "state", "file"]);

export const isEditable = (object: Description, field: Field) =>
  field.readonly !== true &&
  field.masked === undefined &&
  field.explained === undefined &&
  !NEVER.has(field.kind) &&
  may(object, "change");

export function useCellEdit(object: Description, onStore: (id: Id) => void) {
  const [editing, setEditing] = useState<Editing | null>(null);
  const { sent, store } = useStore(object, onStore);
  const past = useRef<Past[]>([]);

  const undo = useCallback(async () => {
    const last = past.current.pop();
    if (!last) return;
    try {
      await store(last.row, last.field, last.before);
      toast.ok(`已撤销对“${last.field.label}”的修改`);
    } catch (cause) {
      toast.error(cause instanceof Failure && cause.code === "stale" ? `“${last.field.label}”之后又被修改过，没有撤销` : cause);
    }
  }, [store]);

  const commit = useCallback(
    async (now: Editing, value: unknown, allow?: "allow") => {
      setEditing(null);
      const { row, field } = now;
      if (same(row[field.name], value)) return;
      if (field.required && isBlank(value)) {
        setEditing({ ...now, value, reason: `请填写${field.label}` });
        return;
      }
      try {
        const saved = await store(row, field, value, allow);
        past.current.push({ row: { ...row, ...saved }, field, before: row[field.name] });
        toast.undoable(`已修改“${field.label}”`, () => void undo());
      } catch (cause) {
        if (isHeld(cause)) toast.error(cause);
        else setEditing(refusal(now, value, cause));
      }
    },
    [store, undo],
  );

  const begin = (row: Row, field: Field) => setEditing({ row, field, value: row[field.name] ?? kindOf(field).blank, reason: "" });
  return { editing, sent, begin, commit, cancel: () => setEditing(null), undo };
}

export type CellEdit = ReturnType<typeof useCellEdit>;

/** Sends one value of one record; until the answer comes the cell shows what was sent. */
function useStore(object: Description, onStore: (id: Id) => void) {
  const [sent, setSent] = useState<ReadonlyMap<Id, Record<string, unknown>>>(new Map());
  const client = useQueryClient();
  const refresh = useRefresh();
  const store = useCallback(
    async (row: Row, field: Field, value: unknown, allow?: "allow") => {
      onStore(row.id);
      setSent((now) => new Map(now).set(row.id, { ...now.get(row.id), [field.name]: value }));
      try {
        const saved = await records.change(
          object.collection,
          row.id,
          Number(row.version),
          { [field.name]: kindOf(field).send(value, field) },
          allow,
        );
        patchLists(client, object.collection, saved);
        void refresh();
        return saved;
      } finally {
        setSent((now) => {
          const next = new Map(now);
          next.delete(row.id);
          return next;
        });
      }
    },
    [client, object.collection, refresh, onStore],
  );
  return { sent, store };
}

/** The editor opens again with what was typed, and says why; a faster colleague's value stands beside it. */
function refusal(now: Editing, value: unknown, cause: unknown): Editing {
  const reason = cause instanceof Failure ? (cause.reasons[now.field.name] ?? cause.message) : String(cause);
  if (cause instanceof Failure && cause.code === "stale" && isObject(cause.body.current)) {
    const row = cause.body.current as Row;
    return { ...now, value, reason: "", theirs: { value: row[now.field.name], row } };
  }
  return { ...now, value, reason, twin: cause instanceof Failure && cause.code === "duplicates" };
}

/** What is on the screen shows the saved record without waiting for the lists to be asked for again. */
function patchLists(client: QueryClient, collection: string, saved: Row): void {
  const put = (row: Row): Row =>
    row.id === saved.id
      ? (Object.fromEntries(Object.keys(row).map((name) => [name, name in saved ? saved[name] : row[name]])) as Row)
      : row;
  const page = (known: Page): Page => ({ ...known, rows: known.rows.map(put) });
  client.setQueriesData<Page | InfiniteData<Page>>(
    { predicate: ({ queryKey }) => queryKey[0] === collection && queryKey[1] === "list" },
    (known) => known && ("pages" in known ? { ...known, pages: known.pages.map(page) } : "rows" in known ? page(known) : known),
  );
}

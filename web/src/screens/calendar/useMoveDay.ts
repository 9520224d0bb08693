import { useState } from "react";
import { useRefresh } from "../../app/refresh";
import { records } from "../../client/api";
import type { Description, Field, Id, Row } from "../../client/types";
import { toDay } from "../../kinds/dates";
import { toast } from "../../kit/toast";
import { useFormHost } from "../form/host";
import { nameOf } from "../list/GridRow";
import { movedTo } from "./days";

/** Putting a record on another day: at once on the screen, back again when refused, undone with one click; in its form where a reason is asked. */
export function useMoveDay(object: Description, field: Field) {
  const [moved, setMoved] = useState<ReadonlyMap<Id, string>>(new Map());
  const refresh = useRefresh();
  const { open } = useFormHost();
  const put = async (row: Row, value: string): Promise<Row | null> => {
    setMoved((now) => new Map(now).set(row.id, value));
    try {
      const saved = await records.change(object.collection, row.id, Number(row.version), { [field.name]: value });
      await refresh();
      return saved;
    } catch (cause) {
      toast.error(cause);
      await refresh();
      return null;
    } finally {
      setMoved((now) => {
        const next = new Map(now);
        next.delete(row.id);
        return next;
      });
    }
  };
  const move = async (row: Row, day: string, hour?: number) => {
    const before = row[field.name];
    const value = movedTo(field, before, day, hour);
    if (toDay(value)?.isSame(toDay(before))) return;
    if (field.explained !== undefined) {
      open({ collection: object.collection, id: row.id, preset: { [field.name]: value } });
      return;
    }
    const saved = await put(row, value);
    if (saved)
      toast.undoable(
        `“${nameOf(object, row)}”已移到${toDay(value)?.format(field.kind === "date" ? "M月D日" : "M月D日 HH:mm") ?? ""}`,
        () => void put(saved, String(before)),
      );
  };
  const place = (rows: Row[]) => rows.map((row) => (moved.has(row.id) ? { ...row, [field.name]: moved.get(row.id) } : row));
  return { move, place };
}

/** Tying an existing record to the one on the screen, and untying it again. */
import { fieldOf } from "../../app/meta";
import { useRefresh } from "../../app/refresh";
import { records } from "../../client/api";
import type { Description, Fields, Id, RecordRow, Ref, Related, Row } from "../../client/types";
import { asLines, asRefs } from "../../kinds/values";
import { toast } from "../../kit/toast";
import { nameOf } from "../list/GridRow";

/** Whether the tie is something a person may write: a plain reference, several, or one in a line. */
export function linkable(object: Description, path: string): boolean {
  const [name = ""] = path.split(".");
  const field = fieldOf(object, name);
  return field !== undefined && !field.readonly && ["ref", "refs", "lines"].includes(field.kind);
}

/** What the other record's field holds once it is tied. */
export function tied(object: Description, path: string, record: Row, self: Ref): Fields {
  const [name = "", part = ""] = path.split(".");
  const kind = fieldOf(object, name)?.kind;
  if (kind === "refs") return { [name]: [...new Set([...asRefs(record[name]).map(({ id }) => id), self.id])] };
  if (kind !== "lines") return { [name]: self.id };
  return { [name]: [...asLines(record[name]).map(kept), { [part]: self.id }] };
}

/** What it holds once the tie is cut. */
export function untied(object: Description, path: string, record: Row, self: Ref): Fields {
  const [name = "", part = ""] = path.split(".");
  const kind = fieldOf(object, name)?.kind;
  if (kind === "refs")
    return {
      [name]: asRefs(record[name])
        .map(({ id }) => id)
        .filter((id) => id !== self.id),
    };
  if (kind !== "lines") return { [name]: null };
  return {
    [name]: asLines(record[name])
      .filter((line) => (line[part] as Ref | null)?.id !== self.id)
      .map(kept),
  };
}

/** A line as the server takes it: references by their ids, without what it works out itself. */
function kept(line: Row | Fields): Fields {
  return Object.fromEntries(
    Object.entries(line).map(([key, value]) => [
      key,
      typeof value === "object" && value !== null && "id" in value ? value.id : value,
    ]),
  );
}

export function useTie(object: Description, { field }: Related, self: Ref) {
  const refresh = useRefresh();
  const write = async (id: Id, fields: (record: RecordRow) => Fields) => {
    const record = await records.get(object.collection, id);
    await records.change(object.collection, id, record.version, writable(object, fields(record)));
    await refresh();
  };
  return {
    tie: (id: Id) => write(id, (record) => tied(object, field, record, self)),
    untie: (id: Id) => write(id, (record) => untied(object, field, record, self)),
  };
}

/** Lines travel without the parts that only the server fills. */
function writable(object: Description, fields: Fields): Fields {
  return Object.fromEntries(
    Object.entries(fields).map(([name, value]) => {
      const parts = fieldOf(object, name)?.parts;
      const closed = new Set(parts?.filter(({ readonly }) => readonly).map((part) => part.name));
      const open = (line: Fields) => Object.fromEntries(Object.entries(line).filter(([key]) => !closed.has(key)));
      return [name, parts && Array.isArray(value) ? (value as Fields[]).map(open) : value];
    }),
  );
}

export function useUnlink(object: Description, related: Related, self: Ref) {
  const { tie, untie } = useTie(object, related, self);
  return async (row: Row) => {
    try {
      await untie(row.id);
      toast.undoable(`已解除与“${nameOf(object, row)}”的关联`, () => void tie(row.id).catch(toast.error));
    } catch (cause) {
      toast.error(cause);
    }
  };
}

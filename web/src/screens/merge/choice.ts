/** Which value of which record the merged one takes. */
import type { Description, Field, Id, RecordRow } from "../../client/types";
import { isBlank, same } from "../../kinds/values";

export const FEWEST = 2,
  MOST = 5;
/** What each record carries comes together, unless somebody chooses one. */
const TOGETHER = new Set<Field["kind"]>(["tags", "choices", "refs", "file", "lines"]);

export const comesTogether = ({ kind }: Field) => TOGETHER.has(kind);

/** The fields somebody can decide about: those that differ. */
export const differing = (object: Description, rows: RecordRow[]): Field[] =>
  object.fields.filter(({ name, readonly }) => readonly !== true && rows.some((row) => !same(row[name], rows[0]?.[name])));

/** Its own value, or else the first there is: what the server does as well. */
export function usual(field: Field, keep: RecordRow, rows: RecordRow[]): Id | undefined {
  if (comesTogether(field)) return undefined;
  return [keep, ...rows].find((row) => !isBlank(row[field.name]))?.id ?? keep.id;
}

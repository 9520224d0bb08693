/** The kind of a field, for kinds that hold others. Filled by index.ts, which knows them all. */
import type { Field, KindName } from "../client/types";
import type { Kind } from "./kind";

const known = new Map<KindName, Kind>();

export const learn = (kinds: Record<KindName, Kind>) => {
  for (const [name, kind] of Object.entries(kinds)) known.set(name as KindName, kind);
};

export function kindOf(field: Field): Kind {
  const kind = known.get(field.kind);
  if (!kind) throw new Error(`no kind ${field.kind}`);
  return kind;
}

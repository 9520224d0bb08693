/** By what a board may be divided: any state, any choice. */
import type { Description, Field } from "../../client/types";

export const boardFields = ({ fields }: Description): Field[] =>
  fields.filter(({ kind, options }) => (kind === "state" || kind === "choice") && (options?.length ?? 0) > 1);

/** The field somebody chose, else the one this object is usually divided by. */
export function boardField(object: Description, chosen: string | undefined): Field | undefined {
  const fields = boardFields(object);
  return fields.find(({ name }) => name === chosen) ?? fields.find(({ name }) => name === object.board) ?? fields[0];
}

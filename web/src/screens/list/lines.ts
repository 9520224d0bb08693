/** What stands below one another in a list: rows, and the heads of their groups. */
import type { Fields, Row } from "../../client/types";

/** `depth` 1 is a group within a group. */
export interface GroupLine {
  kind: "group";
  key: string;
  depth: number;
  label: string;
  count: number;
  figures: Fields;
  open: boolean;
}
export interface RowLine {
  kind: "row";
  row: Row;
  /** Its place among the rows. */ index: number;
}
export interface RestLine {
  kind: "rest";
  key: string;
  /** Being asked for just now. */ waiting: boolean;
  /** Why it did not come, if it did not. */ problem: string;
}
export type Line = RowLine | GroupLine | RestLine;

export const keyOf = (line: Line): string => (line.kind === "row" ? `row:${line.row.id}` : `${line.kind}:${line.key}`);

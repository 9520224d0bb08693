import type { Field, Line } from "../client/types";
import { sum } from "./numbers";

const SUMMED = new Set(["money", "decimal", "integer"]);

/** The foot of a table of lines: totals of its amounts and quantities. */
export function totals(field: Field, lines: Line[]): Record<string, string> {
  const parts = (field.parts ?? []).filter(({ kind, total }) => SUMMED.has(kind) && total === undefined);
  const places = (part: Field) => (part.kind === "integer" ? 0 : part.kind === "money" ? 2 : (part.decimals ?? 2));
  return Object.fromEntries(
    parts.map((part) => [
      part.name,
      sum(
        lines.map((line) => line[part.name]),
        places(part),
      ),
    ]),
  );
}

/** What a card counts, and how its figure reads. */
import { fieldOf } from "../../app/meta";
import type { Card } from "../../client/meta";
import type { Description, Field, Fields, Filter } from "../../client/types";
import { kindOf } from "../../kinds";
import { bucketDays } from "../../kinds/dates";
import { grouped, plain, yuan } from "../../kinds/numbers";
import { asId, asRef, asText, isBlank } from "../../kinds/values";
import { narrowed } from "../list/filters";

export function measured(object: Description, measure: string): Field | undefined {
  const [, name] = measure.split(":");
  return name === undefined ? undefined : fieldOf(object, name);
}

export function figureText(object: Description, measure: string, value: unknown): string {
  if (isBlank(value)) return measure === "count" || measure.startsWith("sum:") ? "0" : "–";
  if (measured(object, measure)?.kind !== "money")
    return grouped(plain(measure.startsWith("avg:") ? Number(value).toFixed(2) : asText(value)));
  return yuan(value);
}

export interface Group {
  field: Field;
  part: string | undefined;
  key: string;
}

export function groupOf(object: Description, key: string): Group | undefined {
  const [name = "", part] = key.split(":");
  const field = fieldOf(object, name);
  return field && { field, part, key };
}

/** The label of one bar or step. */
export function groupText({ field, part, key }: Group, row: Fields): string {
  const value = row[key];
  if (isBlank(value)) return "（未填）";
  return part === undefined ? kindOf(field).text(value, field) : asText(value);
}

/** The records behind one bar: the card's filter, and this group's value. */
export function groupFilter(card: Card, { field, part, key }: Group, row: Fields): Filter | null {
  const value = row[key];
  if (isBlank(value)) return narrowed(card.filter, { field: field.name, op: "empty" });
  if (part === undefined) {
    const one = asRef(value) ?? asId(value) ?? value;
    return narrowed(
      card.filter,
      ["choices", "tags"].includes(field.kind)
        ? { field: field.name, op: "has_any", value: [one] }
        : { field: field.name, op: "eq", value: one },
    );
  }
  const days = bucketDays(asText(value));
  return days ? narrowed(card.filter, { field: field.name, op: "between", value: days }) : (card.filter ?? null);
}

/** Where each column of a table stands. */
import type { Description, Field } from "../../client/types";
import { kindOf } from "../../kinds";

export interface Placed { field: Field; width: number; /** Where a column that stays in sight begins. */ left: number | null }

export const CHECK = 40;
const MOST_FROZEN = 0.6;

/** A column is as wide as its kind, its title or its longest option asks for. */
export function naturalWidth(field: Field, object: Description): number {
  const longest = Math.max(0, ...(field.options ?? []).map(({ label }) => label.length));
  const wanted = Math.max(kindOf(field).width, field.label.length * 13 + 40, Math.min(180, longest * 13 + 36));
  return field.name === object.title ? Math.max(220, wanted) : wanted;
}

interface Wishes { widths: Record<string, number>; frozen: number; room: number; check: boolean }

/** All columns with their widths; what room is left goes to those nobody drew to a width. */
export function placed(object: Description, columns: Field[], { widths, frozen, room, check }: Wishes): Placed[] {
  const before = check ? CHECK : 0;
  const natural = columns.map((field) => widths[field.name] ?? naturalWidth(field, object));
  const free = columns.reduce((all, { name }, index) => all + (widths[name] === undefined ? natural[index] ?? 0 : 0), 0);
  const slack = Math.max(0, room - before - natural.reduce((all, width) => all + width, 0));
  const wide = columns.map(({ name }, index) => {
    const own = natural[index] ?? 0;
    return widths[name] !== undefined || free === 0 ? own : own + Math.floor((slack * own) / free);
  });
  let left = before;
  return columns.map((field, index) => {
    const width = wide[index] ?? 0;
    const stays = index < frozen && (index === 0 || room === 0 || left + width <= room * MOST_FROZEN);
    const at = { field, width, left: stays ? left : null };
    left += width;
    return at;
  });
}

export const template = (columns: Placed[], check: boolean) => `${check ? `${CHECK}px ` : ""}${columns.map(({ width }) => `${width}px`).join(" ")}`;

export const wholeWidth = (columns: Placed[], check: boolean) => columns.reduce((all, { width }) => all + width, check ? CHECK : 0);

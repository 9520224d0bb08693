/** Where each column of a table stands. */
import type { Description, Field } from "../../client/types";
import { kindOf } from "../../kinds";

export interface Placed {
  field: Field;
  width: number;
  /** Where a column that stays in sight begins. */ left: number | null;
}

export const CHECK = 40;
const MOST_FROZEN = 0.6;

const WIDE = 13,
  NARROW = 7.5;

/** So wide are these words: a Latin letter takes little more than half of what a Chinese one does. */
const drawnWidth = (text: string) => Array.from(text).reduce((all, letter) => all + (letter < "\u2e80" ? NARROW : WIDE), 0);

/** A column is as wide as its kind, its title or its longest option asks for. */
export function naturalWidth(field: Field, object: Description): number {
  const longest = Math.max(0, ...(field.options ?? []).map(({ label }) => drawnWidth(label)));
  const wanted = Math.max(kindOf(field).width, Math.ceil(drawnWidth(field.label)) + 40, Math.min(180, Math.ceil(longest) + 36));
  return field.name === object.title ? Math.max(240, wanted) : wanted;
}

interface Wishes {
  widths: Record<string, number>;
  frozen: number;
  room: number;
  check: boolean;
}

/** Columns that lose least when they are cut: words, which end in “…”; a figure or a day must be read to its end. */
const WORDS = new Set<Field["kind"]>([
  "text",
  "longtext",
  "ref",
  "refs",
  "choice",
  "choices",
  "tags",
  "address",
  "url",
  "email",
  "file",
]);
const NARROWEST_WORDS = 96;
/** Words gain most by what room is left, the name of a record above all; a figure is no clearer for it. */
const shareOf = (field: Field, isTitle: boolean) => (isTitle ? 2 : WORDS.has(field.kind) ? 1.5 : 0.5);

/** All columns with their widths: what room is left goes to those nobody drew to a width, what little is missing comes from words. */
export function placed(object: Description, columns: Field[], { widths, frozen, room, check }: Wishes): Placed[] {
  const before = check ? CHECK : 0;
  const natural = columns.map((field) => widths[field.name] ?? naturalWidth(field, object));
  const slack = room - before - natural.reduce((all, width) => all + width, 0);
  const share = columns.map((field, index) => {
    if (widths[field.name] !== undefined || room === 0) return 0;
    const own = natural[index] ?? 0;
    const isTitle = field.name === object.title;
    if (slack >= 0) return own * shareOf(field, isTitle);
    return WORDS.has(field.kind) && !isTitle ? Math.max(0, own - NARROWEST_WORDS) : 0;
  });
  const shares = share.reduce((all, one) => all + one, 0);
  const given = shares > 0 && slack + shares >= 0 ? slack / shares : 0;
  let left = before;
  return columns.map((field, index) => {
    const width = (natural[index] ?? 0) + Math.floor((share[index] ?? 0) * given);
    const stays = index < frozen && (index === 0 || room === 0 || left + width <= room * MOST_FROZEN);
    const at = { field, width, left: stays ? left : null };
    left += width;
    return at;
  });
}

export const template = (columns: Placed[], check: boolean) =>
  `${check ? `${CHECK}px ` : ""}${columns.map(({ width }) => `${width}px`).join(" ")}`;

export const wholeWidth = (columns: Placed[], check: boolean) =>
  columns.reduce((all, { width }) => all + width, check ? CHECK : 0);

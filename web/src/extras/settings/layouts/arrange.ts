/** A layout on the table: sections with fields in them, and the rest that is out of sight. Pure moves, so that drags and keys do the same. */
import { ownFirst } from "../../../app/meta";
import type { Arrangement, Layout, When } from "../../../client/layouts";
import type { Description, Section } from "../../../client/types";

export interface Box {
  key: string;
  label: string;
  fields: string[];
}
export interface Table {
  boxes: Box[];
  rest: string[];
  required: Record<string, When>;
}

/** Where what is out of sight lies. */
export const REST = "rest";

let last = 0;
export const nextKey = () => `box-${++last}`;

export function laidOut(
  object: Description,
  { sections, hidden, required }: Pick<Layout, keyof Arrangement>,
  declared: Section[],
): Table {
  const known = new Set(object.fields.map(({ name }) => name));
  const boxes = sections.map(({ label, fields }) => ({
    key: nextKey(),
    label,
    fields: fields.filter((name) => known.has(name)),
  }));
  const placed = new Set(boxes.flatMap(({ fields }) => fields));
  const forgotten = declared
    .flatMap(({ fields }) => fields)
    .filter((name) => known.has(name) && !placed.has(name) && !hidden.includes(name));
  const home = boxes.at(-1);
  if (home) home.fields.push(...forgotten);
  const shown = new Set([...placed, ...forgotten]);
  return {
    boxes,
    rest: ownFirst(object)
      .map(({ name }) => name)
      .filter((name) => !shown.has(name)),
    required,
  };
}

/** What travels: hidden are only those that would otherwise be seen. */
export function arrangementOf({ boxes, rest, required }: Table, declared: Section[]): Arrangement {
  const seen = new Set(declared.flatMap(({ fields }) => fields));
  return {
    sections: boxes.filter(({ fields }) => fields.length > 0).map(({ label, fields }) => ({ label: label.trim(), fields })),
    hidden: rest.filter((name) => seen.has(name)),
    required: Object.fromEntries(Object.entries(required).filter(([name]) => !rest.includes(name))),
  };
}

export const boxOf = ({ boxes }: Table, name: string): string => boxes.find(({ fields }) => fields.includes(name))?.key ?? REST;

/** The field before another one of a box, or at its end. */
export function moved(table: Table, name: string, box: string, before?: string): Table {
  if (name === before) return table;
  const put = (fields: string[]) => {
    const at = before === undefined ? -1 : fields.indexOf(before);
    return at < 0 ? [...fields, name] : fields.toSpliced(at, 0, name);
  };
  const without = (fields: string[]) => fields.filter((one) => one !== name);
  const boxes = table.boxes.map((one) => ({ ...one, fields: one.key === box ? put(without(one.fields)) : without(one.fields) }));
  const rest = box === REST ? put(without(table.rest)) : without(table.rest);
  return { ...table, boxes, rest };
}

/** Dropped upon a field it takes its place: coming from above it goes behind it. */
export function dropped(table: Table, name: string, over: string): Table {
  const box = boxOf(table, over);
  const fields = box === REST ? table.rest : (table.boxes.find(({ key }) => key === box)?.fields ?? []);
  const downwards = fields.includes(name) && fields.indexOf(name) < fields.indexOf(over);
  return moved(table, name, box, downwards ? fields[fields.indexOf(over) + 1] : over);
}

/** One place up or down, over the edge into the next section. */
export function stepped(table: Table, name: string, by: 1 | -1): Table {
  const at = table.boxes.findIndex(({ fields }) => fields.includes(name));
  const box = table.boxes[at];
  if (!box) return table;
  const place = box.fields.indexOf(name) + by;
  if (place >= 0 && place < box.fields.length)
    return { ...table, boxes: table.boxes.with(at, { ...box, fields: swapped(box.fields, place, place - by) }) };
  const next = table.boxes[at + by];
  return next ? moved(table, name, next.key, by === 1 ? next.fields[0] : undefined) : table;
}

const swapped = (fields: string[], one: number, other: number) =>
  fields.map((name, at) => (at === one ? fields[other] : at === other ? fields[one] : name) ?? name);

export function boxStepped(table: Table, key: string, by: 1 | -1): Table {
  const at = table.boxes.findIndex((box) => box.key === key);
  const [box, other] = [table.boxes[at], table.boxes[at + by]];
  return box && other ? { ...table, boxes: table.boxes.with(at, other).with(at + by, box) } : table;
}

export const renamed = (table: Table, key: string, label: string): Table => ({
  ...table,
  boxes: table.boxes.map((box) => (box.key === key ? { ...box, label } : box)),
});

export const withBox = (table: Table, label: string): Table => ({
  ...table,
  boxes: [...table.boxes, { key: nextKey(), label, fields: [] }],
});

export const withoutBox = (table: Table, key: string): Table => ({
  ...table,
  boxes: table.boxes.filter((box) => box.key !== key || box.fields.length > 0),
});

export function demands(table: Table, name: string, when: When | null): Table {
  const others = Object.fromEntries(Object.entries(table.required).filter(([one]) => one !== name));
  return { ...table, required: when === null ? others : { ...others, [name]: when } };
}

/** Why a field must stay in sight; empty when it may go. */
export function kept(object: Description, name: string): string {
  const field = object.fields.find((one) => one.name === name);
  return field?.required && !field.readonly ? "必填的字段不能隐藏" : "";
}

export const same = (one: Table, other: Table) =>
  JSON.stringify([one.boxes.map(({ label, fields }) => [label, fields]), one.rest, one.required]) ===
  JSON.stringify([other.boxes.map(({ label, fields }) => [label, fields]), other.rest, other.required]);

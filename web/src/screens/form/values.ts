/** From a record to what a form holds, and from a form to what the server takes. */
import { fieldsOf } from "../../app/meta";
import type { Description, Field, Fields, Reasons, RecordRow } from "../../client/types";
import { kindOf } from "../../kinds";
import { defaultOf } from "../../kinds/dates";
import { isBlank, isObject, same } from "../../kinds/values";

export interface FormSection {
  label: string;
  fields: Field[];
}

/** The sections with what a person may fill in. */
export function editableSections(object: Description, quick: boolean, preset: Fields = {}, fresh = true): FormSection[] {
  const givable = ({ name }: Field) => fresh && name === "owner" && object.assignable === true;
  const editable = (names: string[]) =>
    fieldsOf(object, names).filter((field) => givable(field) || (!field.readonly && field.kind !== "number"));
  if (quick && object.quick.length > 0) return [{ label: "", fields: editable(quickNames(object, preset)) }];
  return object.sections
    .map(({ label, fields }) => ({ label, fields: editable(fields) }))
    .filter(({ fields }) => fields.length > 0);
}

/** The quick form never leaves out what the server insists on. */
function quickNames(object: Description, preset: Fields): string[] {
  const must = object.fields.filter(({ required, readonly, name }) => required && !readonly && !object.quick.includes(name));
  const links = object.one_of ?? [];
  const told = links.some((name) => name in preset || object.quick.includes(name));
  return [...links.slice(0, told ? 0 : 1), ...object.quick, ...must.map(({ name }) => name)];
}

/** Whether a form asks for it now: what it depends on holds one of the values named. */
export function asked(field: Field, values: Fields): boolean {
  return Object.entries(field.when ?? {}).every(
    ([name, wanted]) =>
      !isBlank(values[name]) &&
      (wanted.length === 0 ||
        wanted.some((one) => one === values[name] || (Array.isArray(values[name]) && values[name].includes(one)))),
  );
}

/** What was typed before another answer made the question go away counts no more. */
export function answered(fields: Field[], values: Fields): Fields {
  const idle = fields.filter((field) => !asked(field, values)).map((field) => [field.name, kindOf(field).blank] as const);
  return idle.length === 0 ? values : { ...values, ...Object.fromEntries(idle) };
}

/** The reason beside a field as far as the browser can tell. */
export function wrong(field: Field, value: unknown): string | undefined {
  if (isBlank(value)) return field.required && field.kind !== "boolean" ? `请填写${field.label}` : undefined;
  return kindOf(field).check?.(value, field);
}

export function initialValues(fields: Field[], source: RecordRow | Fields | null | undefined): Fields {
  const start = (field: Field) =>
    source?.[field.name] ?? (source && "id" in source ? undefined : defaultOf(field)) ?? kindOf(field).blank;
  return Object.fromEntries(fields.map((field) => [field.name, start(field)]));
}

export function changedFields(fields: Field[], before: Fields, now: Fields): Field[] {
  return fields.filter(({ name }) => !same(before[name], now[name]));
}

/** Only what says something travels: everything filled in for a new record, everything changed for an old one. */
export function body(fields: Field[], values: Fields): Fields {
  return Object.fromEntries(fields.map((field) => [field.name, kindOf(field).send(values[field.name], field)]));
}

export function newBody(fields: Field[], values: Fields, preset: Fields = {}): Fields {
  const filled = fields.filter((field) => !isBlank(values[field.name]) || !same(values[field.name], defaultOf(field)));
  return {
    ...hidden(fields, preset),
    ...body(
      filled.filter((field) => !isBlank(values[field.name]) || field.default !== undefined),
      values,
    ),
  };
}

/** What was preset but has no place in this form, such as the record the new one belongs to. */
function hidden(fields: Field[], preset: Fields): Fields {
  const shown = new Set(fields.map(({ name }) => name));
  const pairs = Object.entries(preset).filter(([name]) => !shown.has(name));
  return Object.fromEntries(pairs.map(([name, value]) => [name, idOf(value)]));
}

/** References become ids, also inside lines. */
function idOf(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(idOf);
  if (!isObject(value)) return value;
  if ("id" in value && "label" in value) return value.id;
  return Object.fromEntries(Object.entries(value).map(([name, part]) => [name, idOf(part)]));
}

/** What is missing or wrong, told before the server has to. */
export function missing(fields: Field[], values: Fields): Reasons {
  const told = fields
    .filter((field) => asked(field, values))
    .map((field) => [field.name, wrong(field, values[field.name])] as const);
  return Object.fromEntries(told.filter((pair): pair is readonly [string, string] => pair[1] !== undefined));
}

/** A reason is asked for when a value that stands is changed, and only then. */
import type { Field, Fields, RecordRow } from "../../client/types";
import { kindOf } from "../../kinds";
import { isBlank, same } from "../../kinds/values";
import { initialValues, type FormSection } from "./values";

const reasonsOf = (fields: Field[]) => fields.flatMap(({ explained }) => explained ?? []);

/** Every change has a reason of its own: the one given last time is not offered again. */
export function startValues(fields: Field[], source: RecordRow | Fields | null | undefined): Fields {
  const reasons = new Set(reasonsOf(fields));
  const blank = fields.filter(({ name }) => reasons.has(name)).map((field) => [field.name, kindOf(field).blank] as const);
  return { ...initialValues(fields, source), ...Object.fromEntries(blank) };
}

export function withReasons(sections: FormSection[], before: Fields, values: Fields, fresh: boolean): FormSection[] {
  const pairs = sections
    .flatMap(({ fields }) => fields)
    .flatMap(({ name, explained }) => (explained === undefined ? [] : [[name, explained] as const]));
  if (pairs.length === 0) return sections;
  const wanted = new Set(
    pairs.filter(([name]) => !fresh && !isBlank(before[name]) && !same(before[name], values[name])).map(([, reason]) => reason),
  );
  const idle = new Set(pairs.map(([, reason]) => reason).filter((reason) => !wanted.has(reason)));
  const fitting = ({ label, fields }: FormSection) => ({
    label,
    fields: fields
      .filter(({ name }) => !idle.has(name))
      .map((field) => (wanted.has(field.name) ? { ...field, required: true } : field)),
  });
  return sections.map(fitting);
}

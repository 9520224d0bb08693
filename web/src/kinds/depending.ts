/** Dependent choices: which options go with what is chosen in the field that decides. */
import type { Field, Fields, Option } from "../client/types";
import { asText, asTexts, isBlank } from "./values";

const fits = ({ when }: Option, decided: string[]) => !when || when.some((value) => decided.includes(value));

const texts = (value: unknown): string[] => (Array.isArray(value) ? asTexts(value) : isBlank(value) ? [] : [asText(value)]);

const named = (option: Option, [decided = ""]: string[]): Option => ({
  ...option,
  label: option.called?.[decided] ?? option.label,
});

/** The field with the options that go with the case, by the names they have there; as it is where nobody can tell. */
export function fitting(field: Field, values: Fields = {}): Field {
  if (field.depends === undefined || !(field.depends in values)) return field;
  const decided = texts(values[field.depends]);
  return {
    ...field,
    options: field.options?.map((option) => (fits(option, decided) ? named(option, decided) : { ...option, retired: true })),
  };
}

/** What else changes when a field does: a choice that no longer goes with it is open again. */
export function following(fields: Field[], values: Fields): Fields {
  const misfit = (field: Field) => {
    const decided = texts(values[field.depends ?? ""]);
    const chosen = texts(values[field.name]);
    return field.options?.some((option) => chosen.includes(option.value) && !fits(option, decided)) ?? false;
  };
  const cleared = fields.filter((field) => field.depends !== undefined && field.depends in values && misfit(field));
  return { ...values, ...Object.fromEntries(cleared.map(({ name, kind }) => [name, kind === "choices" ? [] : ""])) };
}

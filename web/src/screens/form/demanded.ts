/** What a layout asks for in the case at hand: the fields that become required while somebody types. */
import { fieldOf } from "../../app/meta";
import type { Description, Field, Fields } from "../../client/types";
import { holds } from "./conditions";
import type { FormSection } from "./values";

export function demanded(object: Description, values: Fields): Set<string> {
  const rules = Object.entries(object.required_when ?? {});
  return new Set(rules.filter(([, condition]) => holds(condition, values, object) === true).map(([name]) => name));
}

/** The sections with what is required now marked as such; a short form grows by what it lacks. */
export function withDemanded(object: Description, sections: FormSection[], values: Fields, quick: boolean): FormSection[] {
  const names = demanded(object, values);
  if (names.size === 0) return sections;
  const marked = sections.map((section) => ({
    ...section,
    fields: section.fields.map((field) => (names.has(field.name) ? { ...field, required: true } : field)),
  }));
  const there = new Set(marked.flatMap(({ fields }) => fields.map(({ name }) => name)));
  const [first, ...rest] = marked;
  if (!quick || !first) return marked;
  const more = [...names]
    .filter((name) => !there.has(name))
    .map((name) => fieldOf(object, name))
    .filter((field): field is Field => field !== undefined);
  return [{ ...first, fields: [...first.fields, ...more.map((field) => ({ ...field, required: true }))] }, ...rest];
}

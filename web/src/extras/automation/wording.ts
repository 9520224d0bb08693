/** Words with the values of a record in them: kept by the names of fields, shown by their labels. */
import type { Field } from "../../client/types";

const PLACE = /\{([^{}]+)\}/g;

const put = (text: string, found: (inside: string) => string | undefined) =>
  text.replace(PLACE, (whole, inside: string) => {
    const other = found(inside);
    return other === undefined ? whole : `{${other}}`;
  });

/** "{name} 已到期" → "{登记名称} 已到期" */
export const spoken = (text: string, fields: Field[]) => put(text, (name) => fields.find((field) => field.name === name)?.label);

/** "{登记名称} 已到期" → "{name} 已到期" */
export const kept = (text: string, fields: Field[]) => put(text, (label) => fields.find((field) => field.label === label)?.name);

import type { Description, Fields, RecordRow } from "../client/types";
import { asText } from "../kinds/values";

const LONGEST = 80;

/** What names something that has no number yet: its title, or the first words in it. */
export function titleOf(object: Description, values: Fields, record: RecordRow | null): string {
  const own = asText(record?.[object.title]) || asText(values[object.title]);
  const prose = object.fields
    .filter(({ kind }) => kind === "longtext" || kind === "text")
    .map(({ name }) => asText(values[name]))
    .find((words) => words.trim() !== "");
  return (own || prose || object.label).trim().slice(0, LONGEST);
}

import type { Description, Field, Option } from "../../client/types";

/** The states in which the way ends: nothing is left to win, or no action leads on. */
export function isEnd(object: Description, field: Field, option: Option): boolean {
  const chances = (field.options ?? []).some(({ probability }) => probability !== undefined);
  if (chances) return [0, 1].includes(Number(option.probability ?? Number.NaN));
  const leaving = object.actions.filter(({ state, sources, targets }) =>
    state === field.name && targets.length > 0 && (sources === null || sources.includes(option.value)));
  return leaving.length === 0;
}

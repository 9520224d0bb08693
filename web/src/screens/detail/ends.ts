import type { Description, Field, Option } from "../../client/types";

/** The states in which the way ends: no action leads on. Where there are chances, what is won or lost has come to its end although it may be reopened. */
export function isEnd(object: Description, field: Field, option: Option): boolean {
  const chances = (field.options ?? []).some(({ probability }) => probability !== undefined);
  const leaving = object.actions.filter(({ state, sources, targets }) =>
    state === field.name && targets.length > 0 && (sources === null || sources.includes(option.value)));
  if (!chances) return leaving.length === 0;
  return [0, 1].includes(Number(option.probability ?? Number.NaN)) && leaving.every(({ danger }) => danger);
}

import type { Description, Field, Option } from "../../client/types";

/** The states in which the way ends: those declared as ends, whatever chance an administrator gives the others, or else those no action leads on from. */
export function isEnd(object: Description, field: Field, option: Option): boolean {
  if ((field.options ?? []).some(({ end }) => end)) return option.end === true;
  const leaving = object.actions.filter(
    ({ state, sources, targets }) =>
      state === field.name && targets.length > 0 && (sources === null || sources.includes(option.value)),
  );
  return leaving.length === 0;
}
